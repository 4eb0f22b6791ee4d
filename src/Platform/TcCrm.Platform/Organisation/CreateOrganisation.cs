using FluentMigrator;

namespace TcCrm.Platform.Organisation;

[Migration(202611220201)]
public sealed class CreateOrganisation : ForwardOnlyMigration
{
    public override void Up()
    {
        CreateUnits();
        CreatePeople();
        Create.Table("unit_below").WithColumn("ancestor_id").AsGuid().PrimaryKey().WithColumn("unit_id").AsGuid().PrimaryKey();
        Create.Index("ix_unit_below_unit").OnTable("unit_below").OnColumn("unit_id").Ascending();
    }

    void CreateUnits()
    {
        Create.PlainRecordTable("organisation_unit")
            .WithColumn("number").AsString(40).NotNullable().WithColumn("name").AsString(100).NotNullable()
            .WithColumn("kind").AsInt32().NotNullable().WithColumn("parent_id").AsGuid().Nullable()
            .WithColumn("head_id").AsGuid().Nullable().WithColumn("phone").AsString(60).NotNullable()
            .WithColumn("region").AsString(6).NotNullable().WithColumn("address").AsString(300).NotNullable()
            .WithColumn("opened_on").AsDate().Nullable().WithColumn("closed_on").AsDate().Nullable()
            .WithColumn("external_id").AsString(100).NotNullable().WithColumn("remark").AsString(int.MaxValue).NotNullable();
        Create.FieldIndexes("organisation_unit", "number", "name", "kind", "parent_id", "head_id", "phone", "region", "address", "opened_on", "closed_on", "external_id");
        Create.PlainRecordTable("organisation_department")
            .WithColumn("name").AsString(100).NotNullable().WithColumn("unit_id").AsGuid().Nullable()
            .WithColumn("parent_id").AsGuid().Nullable().WithColumn("head_id").AsGuid().Nullable().WithColumn("remark").AsString(int.MaxValue).NotNullable();
        Create.FieldIndexes("organisation_department", "name", "unit_id", "parent_id", "head_id");
        Create.PlainRecordTable("organisation_position")
            .WithColumn("name").AsString(100).NotNullable().WithColumn("grade").AsString(40).NotNullable().WithColumn("remark").AsString(int.MaxValue).NotNullable();
        Create.FieldIndexes("organisation_position", "name", "grade");
    }

    void CreatePeople()
    {
        Create.PlainRecordTable("organisation_staff")
            .WithColumn("number").AsString(40).NotNullable().WithColumn("name").AsString(100).NotNullable()
            .WithColumn("user_id").AsGuid().Nullable().WithColumn("department_id").AsGuid().Nullable()
            .WithColumn("position_id").AsGuid().Nullable().WithColumn("superior_id").AsGuid().Nullable()
            .WithColumn("phone").AsString(60).NotNullable().WithColumn("email").AsString(254).NotNullable()
            .WithColumn("joined_on").AsDate().Nullable().WithColumn("left_on").AsDate().Nullable()
            .WithColumn("external_id").AsString(100).NotNullable().WithColumn("remark").AsString(int.MaxValue).NotNullable();
        Create.FieldIndexes("organisation_staff", "number", "name", "user_id", "department_id", "position_id", "superior_id", "phone", "email", "joined_on", "left_on", "external_id");
        Create.PlainRecordTable("organisation_assignment")
            .WithColumn("user_id").AsGuid().NotNullable().WithColumn("unit_id").AsGuid().NotNullable()
            .WithColumn("duty").AsString(100).NotNullable().WithColumn("is_main").AsBoolean().NotNullable()
            .WithColumn("from").AsDate().Nullable().WithColumn("until").AsDate().Nullable();
        Create.FieldIndexes("organisation_assignment", "user_id", "unit_id", "duty", "is_main", "from", "until");
    }
}

[Migration(202611232145)]
public sealed class GiveCodesToOrganisation : ForwardOnlyMigration
{
    public override void Up()
    {
        foreach (var table in new[] { "organisation_department", "organisation_position", "organisation_assignment" })
        {
            Alter.Table(table).AddColumn("external_id").AsString(100).NotNullable().WithDefaultValue("");
            Create.FieldIndexes(table, "external_id");
        }
    }
}
