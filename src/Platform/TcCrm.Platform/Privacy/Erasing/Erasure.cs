using FluentMigrator;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>Why somebody was erased. Stored by number: add at the end.</summary>
public enum ErasureCause { Request, Retention, Restore }

/// <summary>What became of a record. Stored by number: add at the end.</summary>
public enum ErasureMode { Removed, Emptied }

/// <summary>That a person's record was erased; nothing of the person.</summary>
public sealed class Erasure : IPlatformEntity
{
    public Guid Id { get; private set; } = Ids.Next();
    public required string RecordType { get; init; }
    public Guid RecordId { get; init; }
    public DateTime At { get; init; }
    public Guid? UserId { get; init; }
    public ErasureCause Cause { get; init; }
    public ErasureMode Mode { get; init; }
    /// <summary>When the space that the values had taken up was written over.</summary>
    public DateTime? OverwrittenAt { get; set; }
}

[Migration(202611230125)]
public sealed class CreateErasures : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("erasure").WithColumn("id").AsGuid().PrimaryKey().WithColumn("record_type").AsString(100).NotNullable()
            .WithColumn("record_id").AsGuid().NotNullable().WithColumn("at").AsMoment().NotNullable().WithColumn("user_id").AsGuid().Nullable()
            .WithColumn("cause").AsInt32().NotNullable().WithColumn("mode").AsInt32().NotNullable().WithColumn("overwritten_at").AsMoment().Nullable();
        Create.Index("ix_erasure_record").OnTable("erasure").OnColumn("record_id").Ascending();
    }
}
