using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Jobs;

/// <summary>A job at work, as its handler sees it.</summary>
public sealed class JobRun(Job job, CrmDbContext db, TimeProvider time)
{
    /// <summary>How long a silent handler is believed to be alive.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public Guid Id => job.Id;

    public T Arguments<T>() => JsonSerializer.Deserialize<T>(job.Arguments, JsonSerializerOptions.Web)!;

    /// <summary>
    /// Says how far the job is and keeps the lease; call it every few seconds. Inside a transaction of the context it is part of it.
    /// </summary>
    /// <exception cref="OperationCanceledException">Somebody asked to stop, or another node has taken the job over.</exception>
    public async Task ReportAsync(int done, int total, CancellationToken cancel)
    {
        var (mine, until) = (job.DueAt, Moments.Now(time) + Lease);
        var kept = await db.WriteAsync(() => db.Set<Job>().Where(j => j.Id == job.Id && j.State == JobState.Running && j.DueAt == mine && !j.IsCancelAsked)
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.Done, done).SetProperty(j => j.Total, total).SetProperty(j => j.DueAt, until), cancel), cancel);
        if (kept == 0) throw new OperationCanceledException();
        job.DueAt = until;
    }
}
