using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

/// <summary>Jobs that the person has begun and that are not over: they go on for the successor, with the rights that the successor has, or are cancelled.</summary>
sealed class LeftOrders(CrmDbContext db, JobQueue jobs, TimeProvider time) : ILeftBehind
{
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    /// <summary>For the moment in which the person is out and the jobs are still theirs: a node that took one would refuse it for good.</summary>
    public Task HoldAsync(Guid user, CancellationToken cancel)
    {
        var until = Moments.Now(time) + Pause;
        return db.WriteAsync(() => Waiting(user).ExecuteUpdateAsync(s => s.SetProperty(j => j.DueAt, until), cancel), cancel);
    }

    public async Task<IReadOnlyList<LeftItem>> CountAsync(Guid user, CancellationToken cancel) =>
        await Of(user).CountAsync(cancel) is > 0 and var count ? [new("Jobs that are not over (without a successor they are cancelled)", count, Ends: false)] : [];

    public async Task HandOverAsync(Guid user, Guid? successor, Func<int, Task> report, CancellationToken cancel)
    {
        var count = await db.WriteAsync(() => successor is { } next ? GiveAsync(user, next, cancel) : CancelAsync(user, cancel), cancel);
        if (count > 0) jobs.Wake();
        await report(count);
    }

    /// <summary>An import shows itself to whoever brought it in.</summary>
    async Task<int> GiveAsync(Guid user, Guid successor, CancellationToken cancel)
    {
        await db.Set<Import>().Where(i => i.CreatedById == user && Of(user).Any(j => j.Id == i.JobId)).ExecuteUpdateAsync(s => s.SetProperty(i => i.CreatedById, successor), cancel);
        var now = Moments.Now(time);
        await Waiting(user).ExecuteUpdateAsync(s => s.SetProperty(j => j.DueAt, now), cancel);
        return await Of(user).ExecuteUpdateAsync(s => s.SetProperty(j => j.UserId, successor), cancel);
    }

    /// <summary>What runs right now stops at its next report, and belongs to nobody until then.</summary>
    async Task<int> CancelAsync(Guid user, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        return await Waiting(user).ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.EndedAt, now), cancel)
            + await Of(user).ExecuteUpdateAsync(s => s.SetProperty(j => j.IsCancelAsked, true), cancel);
    }

    IQueryable<Job> Waiting(Guid user) => db.Set<Job>().Where(j => j.UserId == user && j.State == JobState.Waiting);
    IQueryable<Job> Of(Guid user) => db.Set<Job>().Where(j => j.UserId == user && (j.State == JobState.Waiting || (j.State == JobState.Running && !j.IsCancelAsked)));
}
