using FluentMigrator;

namespace TcCrm.Platform.Recipes.Drafts;

[Migration(202611230356)]
public sealed class CreateRecipeDrafts : ForwardOnlyMigration
{
    public override void Up() =>
        Create.Table("recipe_draft").WithColumn("id").AsGuid().PrimaryKey().WithColumn("source").AsString(300).NotNullable()
            .WithColumn("is_of_product").AsBoolean().NotNullable().WithColumn("content").AsString(int.MaxValue).NotNullable().WithColumn("display_name").AsString(300).NotNullable()
            .WithColumn("user_id").AsGuid().Nullable().WithColumn("created_at").AsDateTime2().NotNullable().WithColumn("job_id").AsGuid().Nullable()
            .WithColumn("ran_at").AsDateTime2().Nullable().WithColumn("problems").AsString(int.MaxValue).NotNullable().WithColumn("has_run").AsBoolean().NotNullable();
}

/// <summary>The files lie beside the database since then; those of the day before must be brought again.</summary>
[Migration(202611232130)]
public sealed class MoveRecipeDraftsIntoFiles : ForwardOnlyMigration
{
    public override void Up() => Execute.Sql("ALTER TABLE recipe_draft DROP COLUMN content");
}
