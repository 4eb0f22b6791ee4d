using System.Text.Json;
using FluentMigrator;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>An erasure that somebody asked for, and what came of it; nothing of the person.</summary>
public sealed class ErasureRun : IPlatformEntity
{
    /// <summary>Stands in the report for the records themselves.</summary>
    public const string Records = nameof(Records);

    public Guid Id { get; private set; } = Ids.Next();
    public required string RecordType { get; init; }
    public Guid RecordId { get; init; }
    public Guid JobId { get; set; }
    public DateTime AskedAt { get; init; }
    public Guid? AskedById { get; init; }
    /// <summary>Set in the transaction that takes the records away.</summary>
    public DateTime? EndedAt { get; set; }
    /// <summary>What became of the main record; null when it was gone already.</summary>
    public ErasureMode? Mode { get; set; }
    /// <summary>JSON: how much each store removed or emptied.</summary>
    public string Report { get; set; } = "{}";

    public Dictionary<string, int> Counts => JsonSerializer.Deserialize<Dictionary<string, int>>(Report) ?? [];
}

[Migration(202611230345)]
public sealed class CreateErasureRuns : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("erasure_run").WithColumn("id").AsGuid().PrimaryKey().WithColumn("record_type").AsString(100).NotNullable()
            .WithColumn("record_id").AsGuid().NotNullable().WithColumn("job_id").AsGuid().NotNullable()
            .WithColumn("asked_at").AsMoment().NotNullable().WithColumn("asked_by_id").AsGuid().Nullable()
            .WithColumn("ended_at").AsMoment().Nullable().WithColumn("mode").AsInt32().Nullable().WithColumn("report").AsString(int.MaxValue).NotNullable();
        Create.Index("ix_erasure_run_record").OnTable("erasure_run").OnColumn("record_id").Ascending();
    }
}
