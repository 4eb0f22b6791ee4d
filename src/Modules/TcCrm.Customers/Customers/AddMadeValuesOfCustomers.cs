using FluentMigrator;

namespace TcCrm.Customers;

/// <summary>Customers and contacts can have fields that the tenant has made.</summary>
[Migration(202611230345)]
public sealed class AddMadeValuesOfCustomers : ForwardOnlyMigration
{
    public override void Up() => Create.AddMadeValues("customers_customer", "customers_contact");
}
