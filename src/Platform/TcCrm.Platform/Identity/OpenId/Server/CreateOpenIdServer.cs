using FluentMigrator;

namespace TcCrm.Platform.Identity.OpenId;

[Migration(202611230138)]
public sealed class CreateOpenIdServer : ForwardOnlyMigration
{
    public override void Up()
    {
        CreateApplications();
        Create.Table("openid_authorization").WithColumn("id").AsGuid().PrimaryKey().WithColumn("application_id").AsGuid().Nullable().Indexed()
            .WithColumn("concurrency_token").AsString(50).Nullable().WithColumn("creation_date").AsMoment().Nullable()
            .WithColumn("properties").AsString(int.MaxValue).Nullable().WithColumn("scopes").AsString(int.MaxValue).Nullable()
            .WithColumn("status").AsString(50).Nullable().WithColumn("subject").AsString(400).Nullable().Indexed().WithColumn("type").AsString(50).Nullable();
        Create.Table("openid_token").WithColumn("id").AsGuid().PrimaryKey().WithColumn("application_id").AsGuid().Nullable().Indexed()
            .WithColumn("authorization_id").AsGuid().Nullable().Indexed().WithColumn("concurrency_token").AsString(50).Nullable()
            .WithColumn("creation_date").AsMoment().Nullable().WithColumn("expiration_date").AsMoment().Nullable().Indexed()
            .WithColumn("payload").AsString(int.MaxValue).Nullable().WithColumn("properties").AsString(int.MaxValue).Nullable()
            .WithColumn("redemption_date").AsMoment().Nullable().WithColumn("reference_id").AsString(100).Nullable().Indexed()
            .WithColumn("status").AsString(50).Nullable().WithColumn("subject").AsString(400).Nullable().WithColumn("type").AsString(150).Nullable();
    }

    void CreateApplications() =>
        Create.Table("openid_application").WithColumn("id").AsGuid().PrimaryKey().WithColumn("application_type").AsString(50).Nullable()
            .WithColumn("client_id").AsString(100).Nullable().Unique().WithColumn("client_secret").AsString(int.MaxValue).Nullable()
            .WithColumn("client_type").AsString(50).Nullable().WithColumn("concurrency_token").AsString(50).Nullable().WithColumn("consent_type").AsString(50).Nullable()
            .WithColumn("display_name").AsString(200).Nullable().WithColumn("display_names").AsString(int.MaxValue).Nullable()
            .WithColumn("json_web_key_set").AsString(int.MaxValue).Nullable().WithColumn("permissions").AsString(int.MaxValue).Nullable()
            .WithColumn("post_logout_redirect_uris").AsString(int.MaxValue).Nullable().WithColumn("properties").AsString(int.MaxValue).Nullable()
            .WithColumn("redirect_uris").AsString(int.MaxValue).Nullable().WithColumn("requirements").AsString(int.MaxValue).Nullable()
            .WithColumn("settings").AsString(int.MaxValue).Nullable().WithColumn("is_enabled").AsBoolean().NotNullable()
            .WithColumn("service_user_id").AsGuid().Nullable().WithColumn("created_at").AsMoment().NotNullable();
}
