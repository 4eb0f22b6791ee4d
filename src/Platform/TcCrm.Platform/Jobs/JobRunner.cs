using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Jobs;

/// <summary>
/// Runs the jobs of this node's tenants, one at a time per tenant. It looks where a signal says so: a job was added, a tenant has
/// been loaded, or <see cref="LeftJobs"/> has found what a dead node left.
/// </summary>
public sealed class JobRunner(JobSignal signal, TenantScopes scopes, TimeProvider time, ILogger<JobRunner> log) : BackgroundService
{
    const int MostAttempts = 5;
    readonly Dictionary<string, Task> _busy = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var tenant in signal.ReadAllAsync(stoppingToken))
            {
                var before = _busy.GetValueOrDefault(tenant, Task.CompletedTask);
                _busy[tenant] = AfterAsync(before, tenant, stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(_busy.Values); // they use services that are disposed after this
        }
    }

    /// <summary>All jobs of the tenant that are due now.</summary>
    public async Task DrainAsync(string tenant, CancellationToken cancel)
    {
        while (await scopes.RunAsync(tenant, services => TakeAsync(services, cancel), cancel) is { } job)
            await scopes.RunAsync(tenant, services => RunAsync(services, job, cancel), cancel);
        await scopes.RunAsync(tenant, services => PeriodicJobs.PlanAsync(services, time, cancel), cancel);
    }

    async Task AfterAsync(Task before, string tenant, CancellationToken cancel)
    {
        await before;
        try
        {
            await DrainAsync(tenant, cancel);
        }
        catch (BusinessRuleException) when (!scopes.Runs(tenant))
        {
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogError(e, "Jobs of tenant {Tenant} could not be run", tenant);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // The host ends. The lease runs out, and the next node takes the job.
        }
    }

    /// <summary>Claims the oldest due job: only one node changes the row as it was read.</summary>
    async Task<Job?> TakeAsync(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        while (true)
        {
            var now = Moments.Now(time);
            var job = await db.Set<Job>().AsNoTracking().Where(j => (j.State == JobState.Waiting || j.State == JobState.Running) && j.DueAt <= now).OrderBy(j => j.DueAt).FirstOrDefaultAsync(cancel);
            if (job is null) return null;
            var (until, read) = (now + JobRun.Lease, job.DueAt);
            var taken = await db.WriteAsync(() => db.Set<Job>().Where(j => j.Id == job.Id && j.DueAt == read).ExecuteUpdateAsync(s => s
                .SetProperty(j => j.State, JobState.Running).SetProperty(j => j.DueAt, until)
                .SetProperty(j => j.StartedAt, j => j.StartedAt ?? now).SetProperty(j => j.Attempts, j => j.Attempts + 1), cancel), cancel);
            if (taken == 0) continue;
            (job.DueAt, job.Attempts) = (until, job.Attempts + 1);
            return job;
        }
    }

    async Task<bool> RunAsync(IServiceProvider services, Job job, CancellationToken stopping)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        try
        {
            if (job.UserId is { } user) await ActAsAsync(services, db, user, stopping);
            if (PeriodicJobs.Find(services, job.Kind) is { } periodic)
            {
                await periodic.RunAsync(stopping);
                await EndAsync(services, job, JobState.Done, null);
                return true;
            }
            var handler = services.GetRequiredService<ITenantCatalogue>().Of<IJobHandler>().FirstOrDefault(h => h.Kind == job.Kind)
                ?? throw new BusinessRuleException("Nobody does jobs of the kind '{0}'.", null, job.Kind);
            await handler.RunAsync(new(job, db, time), stopping);
            await EndAsync(services, job, JobState.Done, null);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            await EndAsync(services, job, JobState.Cancelled, null);
        }
        catch (BusinessRuleException refused)
        {
            await EndAsync(services, job, JobState.Failed, ErrorOf(refused.Key, [.. refused.Args]));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Job {Job} of kind {Kind} failed, attempt {Attempt}", job.Id, job.Kind, job.Attempts);
            await EndAsync(services, job, job.Attempts < MostAttempts ? JobState.Waiting : JobState.Failed, ErrorOf("Something went wrong. The details are in the server's log.", []));
        }
        return true;
    }

    /// <summary>The user may have lost rights, or have left, since the job was added.</summary>
    static async Task ActAsAsync(IServiceProvider services, CrmDbContext db, Guid userId, CancellationToken cancel)
    {
        var facts = await Sessions.FactsAsync(db, userId, cancel);
        if (facts is not [{ IsEnabled: true }, ..]) throw new BusinessRuleException("The user who started this is no longer active.");
        services.GetRequiredService<CurrentUser>().RunAs(new(Sessions.IdentityOf(userId, facts, "job")));
    }

    /// <summary>In a scope of its own: the job's context may be in the middle of something that failed.</summary>
    async Task EndAsync(IServiceProvider failed, Job job, JobState state, string? error) => await scopes.RunAsync(failed.GetRequiredService<TenantContext>().Snapshot, services =>
    {
        var (now, mine) = (Moments.Now(time), job.DueAt);
        var due = state == JobState.Waiting ? now + TimeSpan.FromSeconds(10 * job.Attempts) : now;
        var ended = state == JobState.Waiting ? (DateTime?)null : now;
        var db = services.GetRequiredService<CrmDbContext>();
        return db.WriteAsync(() => db.Set<Job>().Where(j => j.Id == job.Id && j.DueAt == mine)
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.State, state).SetProperty(j => j.Error, error).SetProperty(j => j.EndedAt, ended).SetProperty(j => j.DueAt, due)), CancellationToken.None);
    });

    static string ErrorOf(string key, object?[] args) => JsonSerializer.Serialize(new JobError(key, [.. args.Select(a => a?.ToString() ?? "")]));
}

public sealed record JobError(string Key, string[] Args)
{
    public static string? Text(string? json, IText text) => json is null ? null : JsonSerializer.Deserialize<JobError>(json) is { } error ? text[error.Key, [.. error.Args]] : null;
}
