using FluentMigrator;

namespace TcCrm.Platform.Recipes;

[Migration(202611220101)]
public sealed class CreateRecipeTables : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("saved_view").WithColumn("id").AsGuid().PrimaryKey().WithColumn("record_type").AsString(100).NotNullable()
            .WithColumn("name").AsString(100).NotNullable().WithColumn("columns").AsString(int.MaxValue).NotNullable()
            .WithColumn("filters").AsString(int.MaxValue).NotNullable().WithColumn("sort").AsString(100).Nullable().WithColumn("position").AsInt32().NotNullable();
        Create.Index("ux_saved_view_name").OnTable("saved_view").OnColumn("record_type").Ascending().OnColumn("name").Ascending().WithOptions().Unique();
        Create.Table("kept_step").WithColumn("id").AsGuid().PrimaryKey().WithColumn("recipe").AsString(200).NotNullable()
            .WithColumn("place").AsString(100).NotNullable().WithColumn("json").AsString(int.MaxValue).NotNullable().WithColumn("variables").AsString(int.MaxValue).NotNullable();
        Create.Index("ux_kept_step_place").OnTable("kept_step").OnColumn("recipe").Ascending().OnColumn("place").Ascending().WithOptions().Unique();
    }
}
