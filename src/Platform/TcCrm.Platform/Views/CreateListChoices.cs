using FluentMigrator;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Views;

[Migration(202611240115)]
public sealed class CreateListChoices : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("saved_view").AddColumn("owner_id").AsGuid().Nullable().AddColumn("roles").AsString(int.MaxValue).NotNullable().WithDefaultValue("[]").AddColumn("is_default").AsBoolean().NotNullable().WithDefaultValue(false);
        Delete.Index("ux_saved_view_name").OnTable("saved_view");
        Execute.Sql("CREATE UNIQUE INDEX ux_saved_view_shared ON saved_view (record_type, name) WHERE owner_id IS NULL");
        Execute.Sql("CREATE UNIQUE INDEX ux_saved_view_own ON saved_view (record_type, owner_id, name) WHERE owner_id IS NOT NULL");
        Create.Table("list_choice").WithColumn("id").AsGuid().PrimaryKey().WithColumn("user_id").AsGuid().NotNullable().WithColumn("record_type").AsString(100).NotNullable()
            .WithColumn("view_id").AsGuid().Nullable().WithColumn("columns").AsString(int.MaxValue).NotNullable();
        Create.Index("ux_list_choice").OnTable("list_choice").OnColumn("user_id").Ascending().OnColumn("record_type").Ascending().WithOptions().Unique();
    }
}
