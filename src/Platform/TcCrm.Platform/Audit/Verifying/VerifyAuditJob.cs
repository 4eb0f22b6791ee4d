using System.Text.Json;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Audit;

/// <summary>Verifies at the request of a page. What came of it is an entry of the log itself.</summary>
public sealed class VerifyAuditJob(CrmDbContext db, VerifyAudit verify, SealAudit seal, TimeProvider time) : IJobHandler
{
    public const string JobKind = "audit.verify", Action = "AuditVerified";

    public string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        await seal.RunAsync(cancel);
        var verdict = await verify.ExecuteAsync(done => run.ReportAsync((int)Math.Min(done, int.MaxValue), 0, cancel), cancel);
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = Action, Details = JsonSerializer.Serialize(KeptVerdict.Of(verdict)) });
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>A verdict as the log keeps it.</summary>
public sealed record KeptVerdict(long Entries, long Blocks, long Unsealed, long Erased, string? Problem, string[] About)
{
    public static KeptVerdict Of(AuditVerdict verdict) => new(verdict.Entries, verdict.Blocks, verdict.Unsealed, verdict.Erased, verdict.Problem?.Key, [.. (verdict.Problem?.Args ?? []).Select(a => a?.ToString() ?? "")]);

    public static KeptVerdict? Read(AuditEntry entry)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptVerdict>(entry.Details);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
