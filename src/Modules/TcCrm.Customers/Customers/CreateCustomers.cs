using FluentMigrator;

namespace TcCrm.Customers;

[Migration(202611220001)]
public sealed class CreateCustomers : ForwardOnlyMigration
{
    const string Table = "customers_customer";

    public override void Up()
    {
        Create.PlainRecordTable(Table)
            .WithColumn("number").AsString(40).NotNullable()
            .WithColumn("name").AsString(200).NotNullable()
            .WithColumn("kind").AsInt32().NotNullable()
            .WithColumn("segment").AsString(100).NotNullable()
            .WithColumn("industry").AsString(100).NotNullable()
            .WithColumn("source").AsString(100).NotNullable()
            .WithColumn("owner_id").AsGuid().Nullable()
            .WithColumn("tags").AsString(int.MaxValue).NotNullable()
            .WithColumn("phone").AsString(60).NotNullable()
            .WithColumn("email").AsString(254).NotNullable()
            .WithColumn("website").AsString(200).NotNullable()
            .WithColumn("region").AsString(6).NotNullable()
            .WithColumn("city").AsString(100).NotNullable()
            .WithColumn("address").AsString(300).NotNullable()
            .WithColumn("language").AsInt32().Nullable()
            .WithColumn("credit_code").AsString(18).NotNullable()
            .WithColumn("identity_card").AsString(18).NotNullable()
            .WithColumn("external_id").AsString(100).NotNullable()
            .WithColumn("gender").AsInt32().Nullable()
            .WithColumn("birthday").AsDate().Nullable()
            .WithColumn("income_bracket").AsInt32().Nullable()
            .WithColumn("economic_situation").AsString(100).NotNullable()
            .WithColumn("style").AsString(100).NotNullable()
            .WithMoney("credit_limit")
            .WithMoney("annual_revenue")
            .WithColumn("remark").AsString(int.MaxValue).NotNullable();
        Create.FieldIndexes(Table, "number", "name", "kind", "segment", "industry", "source", "owner_id", "phone", "email", "website",
            "region", "city", "address", "language", "credit_code", "identity_card", "external_id", "gender", "birthday", "income_bracket",
            "economic_situation", "style", "credit_limit_minor", "annual_revenue_minor");
    }
}
