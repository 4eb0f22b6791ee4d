using FluentMigrator;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>A record that is kept whatever rules say, such as for a lawsuit. Lifting it keeps the line.</summary>
public sealed class LegalHold : IPlatformEntity
{
    public Guid Id { get; private set; } = Ids.Next();
    public required string RecordType { get; init; }
    public Guid RecordId { get; init; }
    public required string Reason { get; init; }
    public DateTime SetAt { get; init; }
    public Guid? SetById { get; init; }
    public DateTime? LiftedAt { get; set; }
    public Guid? LiftedById { get; set; }
}

[Migration(202611230126)]
public sealed class CreateLegalHolds : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("legal_hold").WithColumn("id").AsGuid().PrimaryKey().WithColumn("record_type").AsString(100).NotNullable()
            .WithColumn("record_id").AsGuid().NotNullable().WithColumn("reason").AsString(500).NotNullable()
            .WithColumn("set_at").AsMoment().NotNullable().WithColumn("set_by_id").AsGuid().Nullable()
            .WithColumn("lifted_at").AsMoment().Nullable().WithColumn("lifted_by_id").AsGuid().Nullable();
        Create.Index("ix_legal_hold_record").OnTable("legal_hold").OnColumn("record_id").Ascending();
    }
}
