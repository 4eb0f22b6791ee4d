using FluentMigrator;

namespace TcCrm.Sample.LoyaltyStamps;

[Migration(202611230001)]
public sealed class CreateStampCards : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.RecordTable("stamps_card")
            .WithColumn("name").AsString(100).NotNullable()
            .WithColumn("customer_id").AsGuid().Nullable()
            .WithColumn("stamps").AsInt64().NotNullable();
        Create.FieldIndexes("stamps_card", "name", "customer_id", "stamps");
        Execute.RecycleBinIndex("stamps_card");
    }
}
