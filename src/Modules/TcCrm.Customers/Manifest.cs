using TcCrm;

[assembly: Module(
    Name = "Customers",
    Description = "Customers of every kind with their contacts, and one page that shows all about a customer.",
    Category = "Customers and sales")]
