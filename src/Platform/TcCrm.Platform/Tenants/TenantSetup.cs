using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Modules;

namespace TcCrm.Platform.Tenants;

/// <summary>What a new tenant is to be.</summary>
/// <param name="Fill">Runs inside the tenant's scope, as the system: recipe, administrator, settings.</param>
public sealed record NewTenant(string Name, string? Title, string? Recipe, IReadOnlyList<string> Features, Func<IServiceProvider, CancellationToken, Task> Fill)
{
    public string? Host { get; init; }
    /// <summary>Null takes what the host is configured for.</summary>
    public string? Engine { get; init; }
}

/// <summary>
/// All or nothing: the database is built aside and renamed into place at the end. Until then the registry says Initializing, so that whatever a
/// killed process leaves is found and cleared, and the same name sets up at once.
/// </summary>
public sealed class TenantSetup(TenantRegistry registry, TenantDatabases databases, TenantUpgrade upgrade, TenantScopes scopes, IServiceProvider services, ILogger<TenantSetup> log)
{
    public async Task CreateAsync(NewTenant wish, CancellationToken cancel)
    {
        if (!Tenant.IsValidName(wish.Name)) throw new BusinessRuleException("A tenant's name is made of a-z, 0-9 and '-', begins with a letter and has 40 characters at most.", "Name");
        var engine = databases.Engine(wish.Engine ?? services.GetRequiredService<IOptions<TcCrmOptions>>().Value.Database.Engine);
        var tenant = new Tenant(wish.Name, engine.Name, TenantState.Initializing, wish.Host, wish.Title, wish.Recipe) { Aside = $"0-{wish.Name}" };
        await using var held = await services.GetRequiredService<AdministrationLocks>().TakeAsync(wish.Name, "set-up", cancel);
        await ClearAbandonedAsync(wish.Name, cancel);
        await registry.AddAsync(tenant, cancel);
        try
        {
            await BuildAsync(wish, tenant, engine, cancel);
        }
        catch
        {
            await ClearAsync(tenant, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Takes away what set-ups that were killed have left. Called at start, and for one name before it is set up.</summary>
    public async Task ClearAbandonedAsync(string? name, CancellationToken cancel)
    {
        foreach (var tenant in registry.All.Where(t => t.State == TenantState.Initializing && (name is null || t.Name == name)).ToList())
        {
            log.LogWarning("Clearing the abandoned set-up of tenant {Tenant}", tenant.Name);
            await ClearAsync(tenant, cancel);
        }
    }

    async Task BuildAsync(NewTenant wish, Tenant tenant, DatabaseEngine engine, CancellationToken cancel)
    {
        var features = services.GetRequiredService<ModuleCatalog>().WithDependencies(wish.Features);
        await engine.DropAsync(tenant.Store, cancel);
        await engine.CreateAsync(tenant.Store, cancel);
        await upgrade.MigrateAsync(engine, tenant.Store, features);
        await EnableAsync(engine, tenant.Store, features, cancel);
        var snapshot = await services.GetRequiredService<SnapshotCache>().BuildAsync(tenant);
        await scopes.RunAsync(snapshot, async inside =>
        {
            await wish.Fill(inside, cancel);
            return true;
        });
        await engine.RenameAsync(tenant.Store, tenant.Name, cancel);
        await registry.SaveAsync(tenant with { State = TenantState.Running, Aside = null }, cancel);
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
        await engine.DropAsync(tenant.Store, cancel);
        await engine.DropAsync(tenant.Name, cancel);
        await registry.RemoveAsync(tenant.Name, cancel);
    }
}
