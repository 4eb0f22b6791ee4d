using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Modules;

/// <summary>Switches features of the current tenant on and off, one step at a time over all nodes. Switching off hides; no data is lost.</summary>
public sealed class FeatureSwitch(ModuleCatalog modules, CrmDbContext db, FeatureChange change, TimeProvider time)
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The features that were switched on: the asked one and what it pulls in.</returns>
    /// <exception cref="BusinessRuleException">There is no such feature here, or another administrative step is running.</exception>
    public async Task<IReadOnlyList<FeatureInfo>> EnableAsync(string featureId, CancellationToken cancel)
    {
        var tenant = db.Snapshot.Tenant;
        var feature = Offered(featureId);
        await using var held = await change.BeginAsync(tenant, cancel);
        var rows = await db.Set<FeatureRow>().ToListAsync(cancel);
        var on = OnIn(rows);
        var added = modules.WithDependencies([feature.Id]).Where(id => !on.Contains(id)).Select(id => modules.Find(id)!).ToList();
        if (added.Count == 0) return [];
        await change.MigrateAsync(tenant, [.. rows.Select(r => r.Id).Union(added.Select(f => f.Id))]);
        await SaveAsync(rows, added, isEnabled: true, cancel);
        await change.PublishAsync(tenant, cancel);
        return added;
    }

    /// <exception cref="BusinessRuleException">Other features need it, it is always on, or there is no such feature.</exception>
    public async Task DisableAsync(string featureId, CancellationToken cancel)
    {
        var tenant = db.Snapshot.Tenant;
        var feature = Offered(featureId);
        if (feature.IsAlwaysEnabled) throw new BusinessRuleException("This feature is always on.");
        await using var held = await change.BeginAsync(tenant, cancel);
        var rows = await db.Set<FeatureRow>().ToListAsync(cancel);
        var on = OnIn(rows);
        if (!on.Contains(feature.Id)) return;
        if (modules.BlockedBy(feature.Id, on) is { Count: > 0 }) throw new BusinessRuleException("Other features need it. Switch those off first.");
        await SaveAsync(rows, [feature], isEnabled: false, cancel);
        await change.PublishAsync(tenant, cancel);
    }

    FeatureInfo Offered(string featureId) =>
        modules.Find(featureId) is { } feature && (!feature.DefaultTenantOnly || db.Snapshot.Tenant.IsDefault) ? feature : throw new BusinessRuleException("There is no feature '{0}'.", null, featureId);

    HashSet<string> OnIn(IEnumerable<FeatureRow> rows) => modules.WithDependencies(rows.Where(r => r.IsEnabled).Select(r => r.Id));

    async Task SaveAsync(List<FeatureRow> rows, IReadOnlyList<FeatureInfo> features, bool isEnabled, CancellationToken cancel)
    {
        foreach (var feature in features)
        {
            if (rows.Find(r => r.Id.Equals(feature.Id, StringComparison.OrdinalIgnoreCase)) is { } row) row.IsEnabled = isEnabled;
            else db.Add(new FeatureRow { Id = feature.Id, IsEnabled = isEnabled });
        }
        db.Add(new AuditEntry { At = time.GetUtcNow().UtcDateTime, UserId = db.UserId, Action = isEnabled ? "FeaturesEnabled" : "FeaturesDisabled", Details = JsonSerializer.Serialize(new { Features = features.Select(f => f.Id) }, Readable) });
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>What a change of a tenant's features needs of the host.</summary>
public sealed class FeatureChange(AdministrationLocks locks, TenantUpgrade upgrade, TenantDatabases databases, TenantRegistry registry, SnapshotCache snapshots)
{
    public Task<IAsyncDisposable> BeginAsync(Tenant tenant, CancellationToken cancel) => locks.TakeAsync(tenant.Name, "features", cancel);

    public Task MigrateAsync(Tenant tenant, IReadOnlyCollection<string> features) => upgrade.MigrateAsync(databases.EngineOf(tenant), tenant.Store, features);

    /// <summary>From the next request on, on every node.</summary>
    public async Task PublishAsync(Tenant tenant, CancellationToken cancel)
    {
        snapshots.Drop(tenant.Name);
        await registry.TouchAsync(tenant.Name, cancel);
    }
}
