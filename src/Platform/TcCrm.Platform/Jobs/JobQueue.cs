using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Jobs;

/// <summary>The jobs of the current tenant, for pages.</summary>
public sealed class JobQueue(CrmDbContext db, TenantContext tenant, CurrentUser user, JobSignal signal, TimeProvider time)
{
    /// <summary>Saves the job together with all other changes of the context; it starts at once on this node, or later on any.</summary>
    public async Task<Job> AddAsync<T>(string kind, T arguments, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        var job = new Job { Kind = kind, Arguments = JsonSerializer.Serialize(arguments, JsonSerializerOptions.Web), UserId = user.Id, CreatedAt = now, DueAt = now };
        db.Add(job);
        await db.SaveChangesAsync(cancel);
        Wake();
        return job;
    }

    /// <summary>After a transaction in which a job was added: while it was under way nobody could see the job.</summary>
    public void Wake() => signal.Raise(tenant.Snapshot.Tenant.Name);

    public Task<Job?> FindAsync(Guid id, CancellationToken cancel) => db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Id == id, cancel);

    /// <summary>A waiting job ends here, a running one at its next report.</summary>
    public async Task CancelAsync(Guid id, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        await db.WriteAsync(async () =>
            await db.Set<Job>().Where(j => j.Id == id && j.State == JobState.Waiting).ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.EndedAt, now), cancel)
            + await db.Set<Job>().Where(j => j.Id == id && j.State == JobState.Running).ExecuteUpdateAsync(s => s.SetProperty(j => j.IsCancelAsked, true), cancel), cancel);
    }
}
