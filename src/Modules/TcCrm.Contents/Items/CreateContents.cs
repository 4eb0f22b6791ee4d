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

/// <summary>Drafts claim addresses too.</summary>
[Migration(202611240045)]
public sealed class IndexContentsByPath : ForwardOnlyMigration
{
    public override void Up()
    {
        Execute.Sql("DROP INDEX ix_content_item_path");
        Execute.Sql("CREATE INDEX ix_content_item_path ON content_item (path) WHERE path IS NOT NULL");
    }
}

/// <summary>Where an item stands is looked up by the thousand; it is written beside the JSON that says so.</summary>
[Migration(202611232050)]
public sealed class IndexContentsByPlace : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("content_item").AddColumn("list_content_item_id").AsString(int.MaxValue).Nullable().AddColumn("list_order").AsInt32().Nullable().AddColumn("path").AsString(int.MaxValue).Nullable();
        IfDatabase(ProcessorIdConstants.SQLite).Execute.Sql("""
            UPDATE content_item SET list_content_item_id = json_extract(json, '$.ContainedPart.ListContentItemId'), list_order = CAST(json_extract(json, '$.ContainedPart.Order') AS INTEGER),
              path = lower(trim(json_extract(json, '$.AutoroutePart.Path'), '/ ')) WHERE json LIKE '%"ContainedPart"%' OR json LIKE '%"AutoroutePart"%'
            """);
        IfDatabase(ProcessorIdConstants.Postgres).Execute.Sql("""
            UPDATE content_item SET list_content_item_id = json::json #>> '{ContainedPart,ListContentItemId}', list_order = substring(json::json #>> '{ContainedPart,Order}' FROM '^[0-9]{1,9}$')::integer,
              path = lower(btrim(json::json #>> '{AutoroutePart,Path}', '/ ')) WHERE json LIKE '%"ContainedPart"%' OR json LIKE '%"AutoroutePart"%'
            """);
        Execute.Sql($"UPDATE content_item SET path = NULL WHERE path = '' OR length(path) > {ContentPath.Longest}");
        Execute.Sql("CREATE INDEX ix_content_item_list ON content_item (list_content_item_id, list_order) WHERE latest AND list_content_item_id IS NOT NULL");
        Execute.Sql("CREATE INDEX ix_content_item_path ON content_item (path) WHERE published AND path IS NOT NULL");
    }
}
