namespace TcCrm.Customers;

/// <summary>What a customer is to the company. Stored by number: add at the end.</summary>
public enum CustomerKind { Person, Company, Dealer, Retailer, Farm, Franchisee, Agency }

public enum Gender { Female, Male }

/// <summary>Income of a person in CNY a month.</summary>
public enum IncomeBracket { Under3000, From3000To8000, From8000To15000, From15000To30000, Over30000 }
