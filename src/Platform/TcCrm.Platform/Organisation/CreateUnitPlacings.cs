using FluentMigrator;

namespace TcCrm.Platform.Organisation;

[Migration(202611231640)]
public sealed class CreateUnitPlacings : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("unit_placing").WithColumn("id").AsGuid().PrimaryKey().WithColumn("unit_id").AsGuid().NotNullable().WithColumn("parent_id").AsGuid().Nullable()
            .WithColumn("from").AsDate().Nullable().WithColumn("reason").AsString(300).NotNullable()
            .WithColumn("noted_at").AsMoment().NotNullable().WithColumn("noted_by_id").AsGuid().Nullable();
        Create.Index("ix_unit_placing_unit").OnTable("unit_placing").OnColumn("unit_id").Ascending();
        // Units that are there already stand where they stand since they are there; one row a unit, so its id serves for both.
        Execute.Sql("INSERT INTO unit_placing (id, unit_id, parent_id, reason, noted_at, noted_by_id) SELECT id, id, parent_id, '', created_at, created_by_id FROM organisation_unit");
    }
}
