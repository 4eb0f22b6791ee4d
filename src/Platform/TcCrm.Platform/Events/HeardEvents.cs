using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Events;

/// <summary>The events that reactions of a tenant listen to; others need not be written. Belongs to a snapshot.</summary>
public sealed class HeardEvents
{
    IReadOnlySet<string>? _on;

    internal bool Has(CrmDbContext db, string subject, string name)
    {
        var on = _on ??= new TenantCatalogue(db.Services.GetRequiredService<TenantContext>(), db.Services).Of<IReaction>().Select(r => r.On).ToHashSet(StringComparer.Ordinal);
        return on.Contains(name) || on.Contains(subject + ".*");
    }
}

public static class EventOutbox
{
    /// <summary>Adds an event to what is saved next, unless no reaction of the tenant listens to it.</summary>
    public static void Tell(this CrmDbContext db, OutboxEntry happened)
    {
        if (db.Snapshot.HeardEvents.Has(db, happened.RecordType, happened.Event)) db.Add(happened);
    }
}
