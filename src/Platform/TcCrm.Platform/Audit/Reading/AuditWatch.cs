using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Ui;
using JobState = TcCrm.Platform.Jobs.JobState;

namespace TcCrm.Platform.Audit;

/// <summary>The verification that the page has started, while it runs, and what the last one found.</summary>
public sealed class AuditWatch(CrmDbContext db, JobQueue jobs, IText text)
{
    /// <summary>Does nothing while one runs.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (await RunningAsync(cancel) is null) await jobs.AddAsync(VerifyAuditJob.JobKind, new { }, cancel);
    }

    /// <summary>Null when none runs.</summary>
    public async Task<JobProgress?> ProgressAsync(CancellationToken cancel) => await RunningAsync(cancel) is not { } job ? null
        : new("audit-job", text["Verifying the audit log"], job.State == JobState.Running ? Ui.JobState.Running : Ui.JobState.Waiting, "~/audit?handler=Verification")
        {
            Detail = text["{0:N0} entries", job.Done],
        };

    public async Task<(DateTime At, KeptVerdict Verdict)?> LastAsync(CancellationToken cancel)
    {
        var entry = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.Action == VerifyAuditJob.Action).OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancel);
        return entry is not null && KeptVerdict.Read(entry) is { } verdict ? (TimeZoneInfo.ConvertTimeFromUtc(entry.At, db.Snapshot.Settings.Zone), verdict) : null;
    }

    Task<Job?> RunningAsync(CancellationToken cancel) =>
        db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Kind == VerifyAuditJob.JobKind && (j.State == JobState.Waiting || j.State == JobState.Running), cancel);
}
