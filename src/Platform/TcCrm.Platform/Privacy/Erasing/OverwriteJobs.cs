using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Ui;
using JobState = TcCrm.Platform.Jobs.JobState;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>Not at once: writing a large file anew after each erasure would stop people at work. The page starts it earlier.</summary>
public sealed class OverwriteErasedDaily(OverwriteErased overwrite) : IPeriodicJob
{
    public string Name => "privacy.overwrite";
    public TimeSpan Every => TimeSpan.FromDays(1);

    public Task RunAsync(CancellationToken cancel) => overwrite.ExecuteAsync(cancel);
}

/// <summary>At the request of a page.</summary>
public sealed class OverwriteErasedNow(OverwriteErased overwrite) : IJobHandler
{
    public const string JobKind = "privacy.overwrite-now";

    public string Kind => JobKind;

    public Task RunAsync(JobRun run, CancellationToken cancel) => overwrite.ExecuteAsync((done, total) => run.ReportAsync(done, total, cancel), cancel);
}

/// <summary>The writing over that the page has started, while it runs.</summary>
public sealed class OverwriteWatch(CrmDbContext db, JobQueue jobs, IText text)
{
    /// <summary>Does nothing while one runs.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await db.AloneAsync(OverwriteErasedNow.JobKind, cancel);
        if (await RunningAsync(cancel) is not null) return;
        await jobs.AddAsync(OverwriteErasedNow.JobKind, new { }, cancel);
        await write.CommitAsync(cancel);
        jobs.Wake();
    }

    /// <summary>Null when none runs.</summary>
    public async Task<JobProgress?> ProgressAsync(CancellationToken cancel) => await RunningAsync(cancel) is not { } job ? null
        : new("overwrite-job", text["Writing over freed space"], job.State == JobState.Running ? Ui.JobState.Running : Ui.JobState.Waiting, "~/privacy?handler=Overwriting")
        {
            Percent = job.Total > 0 ? (int)(100L * job.Done / job.Total) : null,
        };

    Task<Job?> RunningAsync(CancellationToken cancel) =>
        db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Kind == OverwriteErasedNow.JobKind && (j.State == JobState.Waiting || j.State == JobState.Running), cancel);
}
