using FluentMigrator;
using TcCrm.Platform.Data;

namespace TcCrm.Contents.Items;

[Migration(202611230825)]
public sealed class CreateContents : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("content_item").WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("content_item_id").AsString(ContentJson.LongestId).NotNullable()
            .WithColumn("content_item_version_id").AsString(ContentJson.LongestId).NotNullable().Unique()
            .WithColumn("content_type").AsString(ContentJson.LongestType).NotNullable()
            .WithColumn("display_text").AsString(int.MaxValue).Nullable()
            .WithColumn("latest").AsBoolean().NotNullable().WithColumn("published").AsBoolean().NotNullable()
            .WithColumn("modified_utc").AsMoment().Nullable().WithColumn("published_utc").AsMoment().Nullable().WithColumn("created_utc").AsMoment().Nullable()
            .WithColumn("owner").AsString(int.MaxValue).Nullable().WithColumn("author").AsString(int.MaxValue).Nullable()
            .WithColumn("json").AsString(int.MaxValue).NotNullable();
        Create.Index("ix_content_item_versions").OnTable("content_item").OnColumn("content_item_id");
        Execute.Sql("CREATE UNIQUE INDEX ux_content_item_latest ON content_item (content_item_id) WHERE latest");
        Execute.Sql("CREATE UNIQUE INDEX ux_content_item_published ON content_item (content_item_id) WHERE published");
        Execute.Sql("CREATE INDEX ix_content_item_latest_of_type ON content_item (content_type, content_item_id) WHERE latest");
        Execute.Sql("CREATE INDEX ix_content_item_published_of_type ON content_item (content_type, content_item_id) WHERE published");
        Create.Table("content_definition").WithColumn("id").AsGuid().PrimaryKey().WithColumn("is_part").AsBoolean().NotNullable()
            .WithColumn("name").AsString(ContentJson.LongestType).NotNullable().WithColumn("json").AsString(int.MaxValue).NotNullable();
        Create.Index("ux_content_definition_name").OnTable("content_definition").OnColumn("is_part").Ascending().OnColumn("name").Ascending().WithOptions().Unique();
    }
}

[Migration(202611231700)]
public sealed class IndexContentsByChange : ForwardOnlyMigration
{
    public override void Up() => Execute.Sql("CREATE INDEX ix_content_item_latest_by_change ON content_item (modified_utc, content_item_id) WHERE latest");
}
