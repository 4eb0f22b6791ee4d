using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Events;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Tenants;

/// <summary>The snapshot of each warm tenant, built by the first request that needs it. A change drops it; the next request builds the new one.</summary>
public sealed class SnapshotCache(TenantDatabases databases, CodeRecordTypes codeTypes, ModuleCatalog modules, ContributionList contributions, TimeProvider time, IServiceProvider services)
{
    readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    long Now => time.GetTimestamp();

    /// <exception cref="Exception">The database could not be opened or brought up to date; the next call tries again.</exception>
    public Task<TenantSnapshot> OfAsync(Tenant tenant, CancellationToken cancel)
    {
        var entry = _entries.AddOrUpdate(tenant.Name, static (_, a) => new(a.tenant, a.self), static (_, old, a) => old.IsFor(a.tenant) ? old : new(a.tenant, a.self), (tenant, self: this));
        entry.UsedAt = Now;
        return entry.Snapshot.Value.WaitAsync(cancel);
    }

    public bool IsWarm(string tenant) => _entries.ContainsKey(tenant);

    /// <summary>Forgets the tenant; call it after a change to features, settings, roles or definitions has been committed.</summary>
    public void Drop(string tenant) => _entries.TryRemove(tenant, out _);

    /// <summary>Forgets those that nobody has asked for in that time, and says which; what is under way in them goes on with what it has.</summary>
    public IReadOnlyList<string> DropIdle(TimeSpan after)
    {
        string[] idle = [.. _entries.Where(e => time.GetElapsedTime(e.Value.UsedAt) > after).Select(e => e.Key)];
        foreach (var tenant in idle) Drop(tenant);
        return idle;
    }

    /// <summary>Forgets all others.</summary>
    public void KeepOnly(IEnumerable<string> tenants)
    {
        foreach (var gone in _entries.Keys.Except(tenants)) Drop(gone);
    }

    /// <summary>Reads the tenant anew without keeping the result: for set-up, whose database stands aside.</summary>
    public async Task<TenantSnapshot> BuildAsync(Tenant tenant)
    {
        var bare = Bare(tenant);
        await using var db = databases.Open(bare, services);
        var enabled = modules.WithDependencies(await db.Set<FeatureRow>().Where(f => f.IsEnabled).Select(f => f.Id).ToListAsync());
        var settings = await db.Set<SettingRow>().AsNoTracking().ToDictionaryAsync(s => s.Key, s => JsonNode.Parse(s.Json));
        var definitions = await StoredDefinitions.ReadAsync(db, default);
        var types = TenantTypes.Of(codeTypes.All.Where(t => enabled.Contains(t.Feature)), definitions, codeTypes.Kinds, definitions.Count > 0 ? await StoredDefinitions.IndexesAsync(db, default) : new HashSet<string>());
        var contributed = contributions.For(enabled);
        Permission[] permissions = [.. PlatformPermissions.All, .. types.ByName.Values.SelectMany(RecordPermissions.Of), .. contributed.GetValueOrDefault(typeof(Permission), []).Select(c => (Permission)c.Instance!)];
        return new()
        {
            Tenant = tenant,
            Features = enabled,
            Settings = new(settings),
            Types = types,
            Contributions = contributed,
            Rights = await TenantRights.ReadAsync(db, permissions),
            Identity = SignInRules.For(new(settings)),
        };
    }

    /// <summary>Just enough of a tenant to open its database.</summary>
    internal static TenantSnapshot Bare(Tenant tenant) => new()
    {
        Tenant = tenant,
        Features = new HashSet<string>(),
        Settings = new(new Dictionary<string, JsonNode?>()),
        Types = TenantTypes.None,
        Contributions = new Dictionary<Type, Contribution[]>(),
        Rights = TenantRights.None,
        Identity = new IdentityOptions(),
    };

    async Task<TenantSnapshot> LoadAsync(Tenant tenant)
    {
        try
        {
            await services.GetRequiredService<TenantUpgrade>().RunAsync(tenant);
            var snapshot = await BuildAsync(tenant);
            services.GetRequiredService<EventSignal>().Raise(tenant.Name); // what a stopped process left in the outbox
            services.GetRequiredService<Jobs.JobSignal>().Raise(tenant.Name);
            services.GetRequiredService<Mail.MailSignal>().Raise(tenant.Name);
            return snapshot;
        }
        catch
        {
            Drop(tenant.Name);
            throw;
        }
    }

    sealed class Entry(Tenant tenant, SnapshotCache cache)
    {
        public long UsedAt { get; set; } = cache.Now;
        public Lazy<Task<TenantSnapshot>> Snapshot { get; } = new(() => Task.Run(() => cache.LoadAsync(tenant)));

        public bool IsFor(Tenant other) => tenant.Version == other.Version && tenant.State == other.State && tenant.CreatedAt == other.CreatedAt;
    }
}
