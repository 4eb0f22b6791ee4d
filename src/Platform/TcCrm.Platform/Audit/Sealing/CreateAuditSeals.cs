using FluentMigrator;

namespace TcCrm.Platform.Audit;

[Migration(202611230101)]
public sealed class CreateAuditSeals : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("audit_entry").AddColumn("address").AsString(50).Nullable();
        Alter.Table("audit_entry").AddColumn("agent").AsString(60).Nullable();
        Alter.Table("audit_entry").AddColumn("salt").AsBinary(int.MaxValue).Nullable();
        Alter.Table("audit_entry").AddColumn("digest").AsBinary(int.MaxValue).Nullable();
        Alter.Table("audit_entry").AddColumn("block").AsInt64().Nullable();
        Alter.Table("audit_entry").AddColumn("erased_at").AsCustom("timestamptz").Nullable();
        Create.Table("audit_block").WithColumn("number").AsInt64().PrimaryKey().WithColumn("first_id").AsGuid().NotNullable()
            .WithColumn("last_id").AsGuid().NotNullable().WithColumn("count").AsInt32().NotNullable()
            .WithColumn("entries").AsBinary(int.MaxValue).NotNullable().WithColumn("entries_digest").AsBinary(int.MaxValue).NotNullable()
            .WithColumn("previous").AsBinary(int.MaxValue).NotNullable().WithColumn("sealed_at").AsMoment().NotNullable()
            .WithColumn("seal").AsBinary(int.MaxValue).NotNullable();
        Create.Index("ix_audit_entry_user").OnTable("audit_entry").OnColumn("user_id").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_audit_entry_action").OnTable("audit_entry").OnColumn("action").Ascending().OnColumn("id").Ascending();
        Execute.Sql("CREATE INDEX ix_audit_entry_unsealed ON audit_entry (id) WHERE block IS NULL");
    }
}
