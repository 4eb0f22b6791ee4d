using FluentMigrator;

namespace TcCrm.Platform.ImportExport.Imports;

[Migration(202611220702)]
public sealed class CreateImports : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("import").WithColumn("id").AsGuid().PrimaryKey().WithColumn("record_type").AsString(100).NotNullable()
            .WithColumn("file_name").AsString(260).NotNullable().WithColumn("file_size").AsInt64().NotNullable()
            .WithColumn("state").AsInt32().NotNullable().WithColumn("plan_json").AsString(int.MaxValue).NotNullable()
            .WithColumn("report_json").AsString(int.MaxValue).NotNullable().WithColumn("line").AsInt32().NotNullable()
            .WithColumn("job_id").AsGuid().Nullable().WithColumn("created_by_id").AsGuid().Nullable()
            .WithColumn("created_at").AsMoment().NotNullable().WithColumn("started_at").AsMoment().Nullable().WithColumn("ended_at").AsMoment().Nullable();
        Create.Table("import_finding").WithColumn("id").AsGuid().PrimaryKey().WithColumn("import_id").AsGuid().NotNullable()
            .WithColumn("line").AsInt32().NotNullable().WithColumn("header").AsString(int.MaxValue).NotNullable()
            .WithColumn("is_warning").AsBoolean().NotNullable().WithColumn("key").AsString(int.MaxValue).NotNullable()
            .WithColumn("args").AsString(int.MaxValue).NotNullable().WithColumn("cells").AsString(int.MaxValue).Nullable();
        Create.Index("ix_import_finding_import").OnTable("import_finding").OnColumn("import_id").Ascending().OnColumn("line").Ascending();
        Create.Index("ix_import_created").OnTable("import").OnColumn("record_type").Ascending().OnColumn("created_at").Descending();
    }
}

[Migration(202611231630)]
public sealed class AddPassOfImports : ForwardOnlyMigration
{
    public override void Up() => Alter.Table("import").AddColumn("pass").AsInt32().NotNullable().WithDefaultValue(0);
}
