using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Jobs;

/// <summary>
/// The work that features want done now and then, as jobs of the tenant: each waits in the queue with the moment of its next run, so one node
/// at a time runs it, a dead node's run is taken over, and a tenant that nobody uses stays cold until something is due.
/// </summary>
static class PeriodicJobs
{
    internal const string Prefix = "every:";

    public static string KindOf(IPeriodicJob job) => Prefix + job.Name;

    /// <summary>Sees to it that each waits for its next run; what is over makes room for it.</summary>
    public static async Task<bool> PlanAsync(IServiceProvider services, TimeProvider time, CancellationToken cancel)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var wanted = services.GetRequiredService<ITenantCatalogue>().Of<IPeriodicJob>().ToDictionary(KindOf);
        var waiting = await db.Set<Job>().Where(j => j.Kind.StartsWith(Prefix) && j.State < JobState.Done).Select(j => j.Kind).ToListAsync(cancel);
        if (wanted.Keys.All(waiting.Contains)) return false;
        await using var write = await db.BeginWriteAsync(cancel);
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || 'periodic jobs', 0))", cancel);
        waiting = await db.Set<Job>().Where(j => j.Kind.StartsWith(Prefix) && j.State < JobState.Done).Select(j => j.Kind).ToListAsync(cancel);
        var missing = wanted.Where(w => !waiting.Contains(w.Key)).ToDictionary();
        await db.Set<Job>().Where(j => missing.Keys.Contains(j.Kind)).ExecuteDeleteAsync(cancel);
        var now = Moments.Now(time);
        db.AddRange(missing.Select(m => new Job { Kind = m.Key, Arguments = "{}", CreatedAt = now, DueAt = now + m.Value.Every }));
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return true;
    }

    /// <summary>Null for a job of another kind, or of a feature that is off.</summary>
    public static IPeriodicJob? Find(IServiceProvider services, string kind) =>
        services.GetRequiredService<ITenantCatalogue>().Of<IPeriodicJob>().FirstOrDefault(j => KindOf(j) == kind);
}
