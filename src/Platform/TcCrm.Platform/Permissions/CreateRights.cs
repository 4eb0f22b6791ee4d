using FluentMigrator;

namespace TcCrm.Platform.Permissions;

[Migration(202611220202)]
public sealed class CreateRights : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("role_reach").WithColumn("role_id").AsGuid().PrimaryKey().WithColumn("record_type").AsString(100).PrimaryKey()
            .WithColumn("right").AsInt32().PrimaryKey().WithColumn("kind").AsInt32().NotNullable().WithColumn("details").AsString(int.MaxValue).NotNullable();
        Create.Table("field_rule").WithColumn("role_id").AsGuid().PrimaryKey().WithColumn("record_type").AsString(100).PrimaryKey()
            .WithColumn("field").AsString(100).PrimaryKey().WithColumn("level").AsInt32().NotNullable();
        Create.Table("sharing_rule").WithColumn("id").AsGuid().PrimaryKey().WithColumn("name").AsString(100).NotNullable()
            .WithColumn("record_type").AsString(100).NotNullable().WithColumn("filters").AsString(int.MaxValue).NotNullable()
            .WithColumn("with_kind").AsInt32().NotNullable().WithColumn("with_id").AsGuid().NotNullable()
            .WithColumn("may_edit").AsBoolean().NotNullable().WithColumn("is_enabled").AsBoolean().NotNullable();
        Create.Table("record_share").WithColumn("record_id").AsGuid().PrimaryKey().WithColumn("with_id").AsGuid().PrimaryKey()
            .WithColumn("with_kind").AsInt32().NotNullable().WithColumn("record_type").AsString(100).NotNullable().WithColumn("may_edit").AsBoolean().NotNullable()
            .WithColumn("shared_at").AsMoment().NotNullable().WithColumn("shared_by_id").AsGuid().Nullable();
        Create.Index("ix_record_share_with").OnTable("record_share").OnColumn("with_id").Ascending().OnColumn("record_id").Ascending();
    }
}
