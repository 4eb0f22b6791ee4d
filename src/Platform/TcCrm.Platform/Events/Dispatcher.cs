using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Events;

/// <summary>Runs the reactions to committed events, at least once each, in order; a failing one is tried again with growing pauses and never lost.</summary>
public sealed class Dispatcher(EventSignal signal, TenantScopes scopes, TimeProvider time, ILogger<Dispatcher> log) : BackgroundService
{
    const int Batch = 100;
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var tenant in signal.ReadAllAsync(stoppingToken))
        {
            try
            {
                await DrainAsync(tenant, stoppingToken);
            }
            catch (BusinessRuleException) when (!scopes.Runs(tenant))
            {
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // also a cancellation of something inside, such as a request that took too long: what escapes here ends the host
            {
                log.LogError(e, "Events of tenant {Tenant} could not be read", tenant);
            }
        }
    }

    /// <summary>All events that are due now.</summary>
    public async Task DrainAsync(string tenant, CancellationToken cancel)
    {
        while (await scopes.RunAsync(tenant, services => TakeAndRunAsync(services, cancel), cancel)) { }
    }

    async Task<bool> TakeAndRunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var now = Moments.Now(time);
        var due = await db.Set<OutboxEntry>().AsNoTracking().Where(e => e.DueAt <= now).OrderBy(e => e.Id).Take(Batch).ToListAsync(cancel);
        if (due.Count == 0) return false;
        var reactions = services.GetRequiredService<ITenantCatalogue>().Of<IReaction>().ToLookup(r => r.On);
        var done = new List<Guid>();
        foreach (var entry in due)
        {
            var wanted = reactions[entry.Event].Concat(reactions[entry.RecordType + ".*"]).ToList();
            if (wanted.Count == 0 || (await LeaseAsync(db, entry, now, cancel) && await RunAsync(db, entry, wanted, cancel))) done.Add(entry.Id);
        }
        await db.Set<OutboxEntry>().Where(e => done.Contains(e.Id)).ExecuteDeleteAsync(cancel);
        return due.Count == Batch;
    }

    /// <summary>Only one node gets it: the row still has to be as it was read.</summary>
    static async Task<bool> LeaseAsync(CrmDbContext db, OutboxEntry entry, DateTime now, CancellationToken cancel)
    {
        var until = now + Lease;
        return await db.Set<OutboxEntry>().Where(e => e.Id == entry.Id && e.DueAt == entry.DueAt).ExecuteUpdateAsync(s => s.SetProperty(e => e.DueAt, until), cancel) == 1;
    }

    async Task<bool> RunAsync(CrmDbContext db, OutboxEntry entry, List<IReaction> reactions, CancellationToken cancel)
    {
        var happened = new RecordEvent(entry.Id, entry.Event, entry.RecordType, entry.RecordId, entry.At, entry.UserId, entry.Details);
        try
        {
            foreach (var reaction in reactions) await reaction.RunAsync(happened, cancel);
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (e is BusinessRuleException refused) log.LogError("A reaction to {Event} of record {Record} was refused, attempt {Attempt}: {Reason}", entry.Event, entry.RecordId, entry.Attempts + 1, refused.Key); // its message has values in it
            else log.LogError(e, "A reaction to {Event} of record {Record} failed, attempt {Attempt}", entry.Event, entry.RecordId, entry.Attempts + 1);
            var (attempts, error, again) = (entry.Attempts + 1, e.GetType().Name, Moments.Now(time) + TimeSpan.FromSeconds(Math.Min(3600, 5 * Math.Pow(3, entry.Attempts))));
            await db.Set<OutboxEntry>().Where(o => o.Id == entry.Id).ExecuteUpdateAsync(s => s.SetProperty(o => o.DueAt, again).SetProperty(o => o.Attempts, attempts).SetProperty(o => o.Error, error), cancel);
            return false;
        }
    }
}
