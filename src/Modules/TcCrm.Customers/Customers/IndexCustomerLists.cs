using FluentMigrator;

namespace TcCrm.Customers;

[Migration(202611230001)]
public sealed class IndexCustomerLists : ForwardOnlyMigration
{
    const string Table = "customers_customer";

    public override void Up()
    {
        Execute.WidenFieldIndexes(Table, ["kind", "segment", "language", "gender", "income_bracket", "birthday", "credit_limit_minor", "annual_revenue_minor", "deleted_at"],
            "number", "name", "kind", "segment", "industry", "source", "owner_id", "phone", "email", "website", "region", "city", "address", "language", "credit_code",
            "identity_card", "external_id", "gender", "birthday", "income_bracket", "economic_situation", "style", "credit_limit_minor", "annual_revenue_minor");
        Create.PairIndexes(Table, "kind", "industry", "website", "credit_code", "identity_card", "gender", "birthday", "income_bracket", "economic_situation", "credit_limit_minor", "annual_revenue_minor");
        Execute.RecycleBinIndex(Table);
        Execute.RecycleBinIndex("customers_contact");
    }
}
