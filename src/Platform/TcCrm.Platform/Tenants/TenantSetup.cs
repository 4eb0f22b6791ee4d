using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Modules;

namespace TcCrm.Platform.Tenants;

/// <summary>What a new tenant is to be.</summary>
/// <param name="Fill">Runs inside the tenant's scope, as the system: recipe, administrator, settings.</param>
public sealed record NewTenant(string Name, string? Title, string? Recipe, IReadOnlyList<string> Features, Func<IServiceProvider, CancellationToken, Task> Fill)
{
    public string? Host { get; init; }
    /// <summary>Null takes what the host is configured for.</summary>
    public string? Engine { get; init; }
    /// <summary>Told ahead of each step.</summary>
    public Action<SetupStep>? Progress { get; init; }
    /// <summary>Makes the database and the files instead of migrations and <see cref="Fill"/>: a restored backup.</summary>
    public Func<Tenant, CancellationToken, Task>? Content { get; init; }
    /// <summary>Where it takes another's place: called with both when that one rests.</summary>
    public Func<Tenant, Tenant, CancellationToken, Task>? Last { get; init; }
}

/// <summary>The parts of a set-up that somebody who waits can tell apart.</summary>
public enum SetupPhase { Database, Features, Administrator, Recipe, DemoData, Place }

/// <summary>A step of a set-up; <paramref name="Key"/> is a text key.</summary>
public sealed record SetupStep(SetupPhase Phase, string Key, params object?[] Args);

/// <summary>
/// All or nothing: the database is built aside and renamed into place at the end. Until then the registry says Initializing, so that whatever a
/// killed process leaves is found and cleared, and the same name sets up at once.
/// </summary>
public sealed class TenantSetup(TenantRegistry registry, TenantDatabases databases, TenantFolders folders, AdministrationLocks locks, IServiceProvider services, ILogger<TenantSetup> log)
{
    public Task CreateAsync(NewTenant wish, CancellationToken cancel) => CreateAllAsync([wish], cancel);

    /// <summary>Several that are of no use without each other: either all are there in the end, or none.</summary>
    public async Task CreateAllAsync(IReadOnlyList<NewTenant> wishes, CancellationToken cancel)
    {
        foreach (var wish in wishes)
            if (!Tenant.IsValidName(wish.Name)) throw new BusinessRuleException("A tenant's name is made of a-z, 0-9 and '-', begins with a letter and has 40 characters at most.", "Name");
        await using var held = await HeldLocks.TakeAsync(locks, wishes.Select(w => w.Name), "set-up", cancel);
        await registry.LoadAsync(cancel);
        var begun = new List<Tenant>();
        try
        {
            foreach (var wish in wishes) begun.Add(await RegisterAsync(wish, cancel));
            foreach (var (wish, tenant) in wishes.Zip(begun)) await BuildAsync(wish, tenant, cancel);
            foreach (var (wish, tenant) in wishes.Zip(begun)) await PlaceAsync(wish, tenant, cancel);
            await registry.PublishAsync(begun, cancel);
        }
        catch
        {
            foreach (var tenant in begun) await ClearAsync(tenant, CancellationToken.None);
            throw;
        }
        foreach (var tenant in begun) services.GetRequiredService<EventSignal>().Raise(tenant.Name);
        foreach (var wish in wishes.Where(w => w.Content is null)) await services.GetRequiredService<HostAudit>().WriteAsync("CreatedTenant", wish.Name, cancel);
    }

    /// <summary>For good. The caller holds the lock and has brought the tenant to rest.</summary>
    public async Task RemoveAsync(Tenant tenant)
    {
        await registry.SaveAsync(tenant with { State = TenantState.Initializing, Aside = AsideOf(tenant.Name) }, CancellationToken.None); // killed from here on, the next start goes on with it
        await ClearAsync(tenant, CancellationToken.None);
    }

    /// <summary>Takes away what set-ups that were killed have left. One that still runs, here or on another node, holds its lock and stays.</summary>
    public async Task ClearAbandonedAsync(CancellationToken cancel)
    {
        foreach (var tenant in registry.All.Where(t => t.State == TenantState.Initializing).ToList())
        {
            await using var held = await locks.TryTakeAsync(tenant.Name, "clearing up", cancel);
            if (held is not null) await ClearAbandonedAsync(tenant.Name, cancel);
        }
    }

    async Task ClearAbandonedAsync(string name, CancellationToken cancel)
    {
        await registry.LoadAsync(cancel);
        if (registry.Find(name) is not { State: TenantState.Initializing } left) return;
        log.LogWarning("Clearing the abandoned set-up of tenant {Tenant}", name);
        await ClearAsync(left, cancel);
    }

    async Task<Tenant> RegisterAsync(NewTenant wish, CancellationToken cancel)
    {
        await ClearAbandonedAsync(wish.Name, cancel);
        var engine = wish.Engine ?? services.GetRequiredService<IOptions<TcCrmOptions>>().Value.Database.Engine;
        await registry.AddAsync(new(wish.Name, engine, TenantState.Initializing, wish.Host, wish.Title, wish.Recipe) { Aside = AsideOf(wish.Name) }, cancel);
        return registry.Find(wish.Name)!;
    }

    internal async Task BuildAsync(NewTenant wish, Tenant tenant, CancellationToken cancel)
    {
        void Tell(SetupPhase phase, string key, params object?[] args) => wish.Progress?.Invoke(new(phase, key, args));

        var engine = databases.EngineOf(tenant);
        var features = services.GetRequiredService<ModuleCatalog>().WithDependencies(wish.Features);
        Tell(SetupPhase.Database, "Creating the database");
        await DropAsync(engine, tenant.Store, cancel);
        if (wish.Content is not null)
        {
            await wish.Content(tenant, cancel);
            return;
        }
        await engine.CreateAsync(tenant.Store, cancel);
        await services.GetRequiredService<TenantUpgrade>().MigrateAsync(engine, tenant.Store, features, (module, version) => Tell(SetupPhase.Features, "Bringing {0} to version {1}", module, version));
        Tell(SetupPhase.Features, "Switching on {0} features", features.Count);
        await EnableAsync(engine, tenant.Store, features, cancel);
        var snapshot = await services.GetRequiredService<SnapshotCache>().BuildAsync(tenant);
        await services.GetRequiredService<TenantScopes>().RunAsync(snapshot, async inside =>
        {
            await wish.Fill(inside, cancel);
            return true;
        });
    }

    async Task PlaceAsync(NewTenant wish, Tenant tenant, CancellationToken cancel)
    {
        wish.Progress?.Invoke(new(SetupPhase.Place, "Putting everything in its place"));
        await databases.EngineOf(tenant).RenameAsync(tenant.Store, tenant.Name, cancel);
        folders.Move(tenant.Store, tenant.Name);
    }

    static async Task EnableAsync(DatabaseEngine engine, string store, IEnumerable<string> features, CancellationToken cancel)
    {
        await using var connection = await engine.OpenAsync(store, cancel);
        foreach (var feature in features)
            await connection.ExecuteAsync("INSERT INTO feature (id, is_enabled) VALUES (@id, @on)", [("@id", feature), ("@on", true)], cancel);
    }

    /// <summary>The line goes last: while it is there, the next start tries again.</summary>
    async Task ClearAsync(Tenant tenant, CancellationToken cancel)
    {
        var engine = databases.EngineOf(tenant);
        await DropAsync(engine, AsideOf(tenant.Name), cancel);
        await DropAsync(engine, tenant.Name, cancel);
        await registry.RemoveAsync(tenant.Name, cancel);
    }

    /// <summary>Begins with a digit, which no tenant's name does.</summary>
    internal static string AsideOf(string name) => "0-" + name;

    internal async Task DropAsync(DatabaseEngine engine, string store, CancellationToken cancel)
    {
        await engine.DropAsync(store, cancel);
        folders.Delete(store);
    }
}
