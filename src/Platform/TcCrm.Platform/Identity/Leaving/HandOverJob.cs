using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Ui;
using JobState = TcCrm.Platform.Jobs.JobState;

namespace TcCrm.Platform.Identity;

/// <param name="Total">What there was at the beginning.</param>
public sealed record LeftWork(Guid User, Guid? Successor, int Total);

/// <summary>Hands over what is much. Each part finds by itself what is still there, so that a run that was killed is completed by the next.</summary>
sealed class HandOverJob(LeaveCompany leave) : IJobHandler
{
    public const string Name = "hand-over";
    public string Kind => Name;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var (user, successor, total) = run.Arguments<LeftWork>();
        var done = 0;
        await leave.HandOverAsync(user, successor, count => run.ReportAsync(Math.Min(done += count, total), total, cancel), cancel);
    }

    public static Task<Job?> RunningAsync(CrmDbContext db, Guid user, CancellationToken cancel)
    {
        var who = user.ToString();
        return db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Kind == Name && (j.State == JobState.Waiting || j.State == JobState.Running) && j.Arguments.Contains(who), cancel);
    }
}

/// <summary>How far the handing over is, for the page.</summary>
public sealed class LeaveWatch(CrmDbContext db, IText text)
{
    /// <summary>Null when none is on its way.</summary>
    public async Task<JobProgress?> ProgressAsync(Guid user, CancellationToken cancel) => await HandOverJob.RunningAsync(db, user, cancel) is not { } job ? null
        : new("leave-job", text["Handing over what is left behind"], job.State == JobState.Running ? Ui.JobState.Running : Ui.JobState.Waiting, $"~/users/{user}/leave")
        {
            Percent = job.Total > 0 ? (int)(100L * job.Done / job.Total) : null,
            Detail = job.Total > 0 ? text["{0:N0} of {1:N0}", job.Done, job.Total] : null,
        };
}
