using FluentMigrator;

namespace TcCrm.Platform.Identity;

[Migration(202611230031)]
public sealed class CreateSessions : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("user_session").WithColumn("id").AsGuid().PrimaryKey().WithColumn("user_id").AsGuid().NotNullable().Indexed()
            .WithColumn("begun_at").AsMoment().NotNullable().WithColumn("seen_at").AsMoment().NotNullable().WithColumn("is_remembered").AsBoolean().NotNullable()
            .WithColumn("address").AsString(64).Nullable().WithColumn("agent").AsString(100).Nullable();
        Create.Table("second_factor").WithColumn("user_id").AsGuid().PrimaryKey().WithColumn("secret").AsString(int.MaxValue).NotNullable()
            .WithColumn("last_step").AsInt64().NotNullable().WithColumn("since").AsMoment().NotNullable();
        Create.Table("recovery_code").WithColumn("id").AsGuid().PrimaryKey().WithColumn("user_id").AsGuid().NotNullable().Indexed()
            .WithColumn("hash").AsBinary(32).NotNullable();
        Alter.Table("roles").AddColumn("requires_second_factor").AsBoolean().NotNullable().WithDefaultValue(false);
        Alter.Table("api_key").AddColumn("permissions").AsString(int.MaxValue).Nullable();
    }
}
