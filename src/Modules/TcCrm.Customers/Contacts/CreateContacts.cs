using FluentMigrator;

namespace TcCrm.Customers;

[Migration(202611220002)]
public sealed class CreateContacts : ForwardOnlyMigration
{
    const string Table = "customers_contact";

    public override void Up()
    {
        Create.PlainRecordTable(Table)
            .WithColumn("customer_id").AsGuid().NotNullable()
            .WithColumn("name").AsString(100).NotNullable()
            .WithColumn("department").AsString(100).NotNullable()
            .WithColumn("position").AsString(100).NotNullable()
            .WithColumn("is_main").AsBoolean().NotNullable()
            .WithColumn("phone").AsString(60).NotNullable()
            .WithColumn("email").AsString(254).NotNullable()
            .WithColumn("preferred_channels").AsString(int.MaxValue).NotNullable()
            .WithColumn("forbidden_channels").AsString(int.MaxValue).NotNullable()
            .WithColumn("best_time_to_call").AsString(100).NotNullable()
            .WithColumn("language").AsInt32().Nullable()
            .WithColumn("gender").AsInt32().Nullable()
            .WithColumn("birthday").AsDate().Nullable()
            .WithColumn("hobbies").AsString(int.MaxValue).NotNullable()
            .WithColumn("external_id").AsString(100).NotNullable()
            .WithColumn("remark").AsString(int.MaxValue).NotNullable();
        Create.FieldIndexes(Table, "customer_id", "name", "department", "position", "is_main", "phone", "email", "best_time_to_call", "language", "gender", "birthday", "external_id");
    }
}
