using FluentMigrator;

namespace TcCrm.Platform.Identity.OpenId;

[Migration(202611230413)]
public sealed class CreateSignInProviders : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("sign_in_provider").WithColumn("id").AsGuid().PrimaryKey().WithColumn("name").AsString(100).NotNullable()
            .WithColumn("authority").AsString(500).NotNullable().WithColumn("client_id").AsString(300).NotNullable()
            .WithColumn("client_secret").AsString(int.MaxValue).Nullable().WithColumn("scopes").AsString(500).NotNullable()
            .WithColumn("is_enabled").AsBoolean().NotNullable().WithColumn("unknown_persons").AsInt32().NotNullable()
            .WithColumn("trusts_mail").AsBoolean().NotNullable().WithColumn("second_factor_proofs").AsString(200).NotNullable()
            .WithColumn("changed_at").AsMoment().NotNullable();
        Create.Table("provider_role").WithColumn("id").AsGuid().PrimaryKey().WithColumn("provider_id").AsGuid().NotNullable().Indexed()
            .WithColumn("claim").AsString(100).Nullable().WithColumn("value").AsString(300).NotNullable().WithColumn("role_id").AsGuid().NotNullable();
        Alter.Table("user_session").AddColumn("proved_second_factor").AsBoolean().NotNullable().WithDefaultValue(false);
    }
}
