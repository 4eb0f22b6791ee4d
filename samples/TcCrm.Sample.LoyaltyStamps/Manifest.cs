[assembly: Module(
    Name = "Loyalty stamps",
    Description = "Stamp cards: ten stamps, one coffee.",
    Category = "Customers and sales",
    Author = "Example Modules",
    Version = "1.0.0",
    Dependencies = ["TcCrm.Customers"])]
