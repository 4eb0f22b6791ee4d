using FluentMigrator;

namespace Sample.Fixture;

[Migration(202611220001)]
public sealed class CreateWidgets : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.RecordTable("fixture_widget").WithColumn("name").AsString(100).NotNullable().WithColumn("customer_id").AsGuid().Nullable();
        Create.FieldIndexes("fixture_widget", "name", "customer_id");
    }
}
