using FluentMigrator;
using FluentMigrator.Infrastructure;

namespace TcCrm.Platform.Data;

// size: one method per group of tables; the first schema of the platform is read as a whole
[Migration(202611220001)]
public sealed class CreatePlatform : ForwardOnlyMigration
{
    public override void Up()
    {
        CreateTenantTables();
        CreateIdentity();
        CreateEngine();
        CreateSearch();
    }

    void CreateTenantTables()
    {
        Create.Table("setting").WithColumn("key").AsString(200).PrimaryKey().WithColumn("json").AsString(int.MaxValue).NotNullable();
        Create.Table("feature").WithColumn("id").AsString(200).PrimaryKey().WithColumn("is_enabled").AsBoolean().NotNullable();
    }

    void CreateIdentity()
    {
        Create.Table("users").WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("user_name").AsString(256).Nullable().WithColumn("normalized_user_name").AsString(256).Nullable().Unique()
            .WithColumn("email").AsString(256).Nullable().WithColumn("normalized_email").AsString(256).Nullable().Indexed()
            .WithColumn("email_confirmed").AsBoolean().NotNullable().WithColumn("password_hash").AsString(int.MaxValue).Nullable()
            .WithColumn("security_stamp").AsString(100).Nullable().WithColumn("concurrency_stamp").AsString(100).Nullable()
            .WithColumn("phone_number").AsString(40).Nullable().WithColumn("phone_number_confirmed").AsBoolean().NotNullable()
            .WithColumn("two_factor_enabled").AsBoolean().NotNullable().WithColumn("lockout_end").AsMoment().Nullable()
            .WithColumn("lockout_enabled").AsBoolean().NotNullable().WithColumn("access_failed_count").AsInt32().NotNullable()
            .WithColumn("display_name").AsString(100).NotNullable().WithColumn("is_enabled").AsBoolean().NotNullable()
            .WithColumn("must_change_password").AsBoolean().NotNullable().WithColumn("created_at").AsMoment().NotNullable();
        Create.Table("roles").WithColumn("id").AsGuid().PrimaryKey().WithColumn("name").AsString(256).Nullable()
            .WithColumn("normalized_name").AsString(256).Nullable().Unique().WithColumn("concurrency_stamp").AsString(100).Nullable()
            .WithColumn("description").AsString(500).NotNullable().WithColumn("is_protected").AsBoolean().NotNullable();
        Create.Table("user_roles").WithColumn("user_id").AsGuid().PrimaryKey().WithColumn("role_id").AsGuid().PrimaryKey();
        Create.Table("user_claims").WithColumn("id").AsInt32().PrimaryKey().Identity().WithColumn("user_id").AsGuid().Indexed()
            .WithColumn("claim_type").AsString(400).Nullable().WithColumn("claim_value").AsString(400).Nullable();
        Create.Table("role_claims").WithColumn("id").AsInt32().PrimaryKey().Identity().WithColumn("role_id").AsGuid().Indexed()
            .WithColumn("claim_type").AsString(400).Nullable().WithColumn("claim_value").AsString(400).Nullable();
        Create.Table("user_logins").WithColumn("login_provider").AsString(128).PrimaryKey().WithColumn("provider_key").AsString(128).PrimaryKey()
            .WithColumn("provider_display_name").AsString(256).Nullable().WithColumn("user_id").AsGuid().Indexed();
        Create.Table("user_tokens").WithColumn("user_id").AsGuid().PrimaryKey().WithColumn("login_provider").AsString(128).PrimaryKey()
            .WithColumn("name").AsString(128).PrimaryKey().WithColumn("value").AsString(int.MaxValue).Nullable();
    }

    void CreateEngine()
    {
        Create.Table("audit_entry").WithColumn("id").AsGuid().PrimaryKey().WithColumn("at").AsMoment().NotNullable()
            .WithColumn("user_id").AsGuid().Nullable().WithColumn("action").AsString(60).NotNullable()
            .WithColumn("record_type").AsString(100).NotNullable().WithColumn("record_id").AsGuid().Nullable()
            .WithColumn("details").AsString(int.MaxValue).NotNullable();
        Create.Index("ix_audit_entry_record").OnTable("audit_entry").OnColumn("record_id").Ascending().OnColumn("id").Ascending();
        Create.Table("outbox_entry").WithColumn("id").AsGuid().PrimaryKey().WithColumn("event").AsString(200).NotNullable()
            .WithColumn("record_type").AsString(100).NotNullable().WithColumn("record_id").AsGuid().NotNullable()
            .WithColumn("at").AsMoment().NotNullable().WithColumn("user_id").AsGuid().Nullable()
            .WithColumn("attempts").AsInt32().NotNullable().WithColumn("due_at").AsMoment().NotNullable().WithColumn("error").AsString(int.MaxValue).Nullable();
        Create.Index("ix_outbox_entry_due").OnTable("outbox_entry").OnColumn("due_at").Ascending().OnColumn("id").Ascending();
        Create.Table("number_rule").WithColumn("record_type").AsString(100).PrimaryKey().WithColumn("pattern").AsString(100).NotNullable()
            .WithColumn("reset").AsInt32().NotNullable().WithColumn("is_gap_free").AsBoolean().NotNullable();
        Create.Table("number_series").WithColumn("name").AsString(300).PrimaryKey().WithColumn("last").AsInt64().NotNullable();
        Create.Table("multi_value").WithColumn("record_type").AsString(100).PrimaryKey().WithColumn("field").AsString(100).PrimaryKey()
            .WithColumn("value").AsString(200).PrimaryKey().WithColumn("record_id").AsGuid().PrimaryKey();
        Create.Index("ix_multi_value_record").OnTable("multi_value").OnColumn("record_id").Ascending();
    }

    void CreateSearch()
    {
        IfDatabase(ProcessorIdConstants.SQLite).Execute.Sql("CREATE TABLE search_row (row_id INTEGER PRIMARY KEY, record_id BLOB NOT NULL UNIQUE)");
        IfDatabase(ProcessorIdConstants.SQLite).Execute.Sql("CREATE VIRTUAL TABLE search_text USING fts5(body, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61')");
        IfDatabase(ProcessorIdConstants.PostgreSQL).Execute.Sql("CREATE TABLE search_row (record_id uuid PRIMARY KEY, body tsvector NOT NULL)");
        IfDatabase(ProcessorIdConstants.PostgreSQL).Execute.Sql("CREATE INDEX ix_search_row_body ON search_row USING gin (body)");
    }
}
