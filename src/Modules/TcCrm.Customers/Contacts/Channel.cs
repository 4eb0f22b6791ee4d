namespace TcCrm.Customers;

/// <summary>A way to reach somebody. Stored by name.</summary>
public enum Channel { Phone, Sms, Email, WeChat, Letter, Visit }
