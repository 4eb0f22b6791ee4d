using FluentMigrator;

namespace TcCrm.Customers;

/// <summary>Customers belong to a unit of the company.</summary>
[Migration(202611230002)]
public sealed class AddUnitOfCustomers : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Column("unit_id").OnTable("customers_customer").AsGuid().Nullable();
        Create.FieldIndexes("customers_customer", "unit_id");
    }
}
