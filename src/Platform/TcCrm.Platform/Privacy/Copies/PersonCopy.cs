using FluentMigrator;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Privacy.Copies;

/// <summary>A copy of all that is kept about a person, made because they asked. The file goes when its time is over; that it was made stays.</summary>
public sealed class PersonCopy : IPlatformEntity
{
    public Guid Id { get; private set; } = Ids.Next();
    public required string RecordType { get; init; }
    public Guid RecordId { get; init; }
    public DateTime AskedAt { get; init; }
    /// <summary>The one who may fetch it.</summary>
    public Guid? AskedById { get; init; }
    /// <summary>Null while it is being made.</summary>
    public DateTime? MadeAt { get; set; }
    public DateTime ExpiresAt { get; set; }
}

[Migration(202611230128)]
public sealed class CreatePersonCopies : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("person_copy").WithColumn("id").AsGuid().PrimaryKey().WithColumn("record_type").AsString(100).NotNullable()
            .WithColumn("record_id").AsGuid().NotNullable().WithColumn("asked_at").AsMoment().NotNullable().WithColumn("asked_by_id").AsGuid().Nullable()
            .WithColumn("made_at").AsMoment().Nullable().WithColumn("expires_at").AsMoment().NotNullable();
        Create.Index("ix_person_copy_record").OnTable("person_copy").OnColumn("record_id").Ascending();
    }
}
