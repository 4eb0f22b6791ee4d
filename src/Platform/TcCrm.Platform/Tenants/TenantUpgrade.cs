using System.Data.Common;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Tenants;

/// <summary>A migration failed; what it had done before stays. The message is for the host's administrator.</summary>
public sealed class TenantUpgradeException(string step, Exception inner) : Exception($"{step}: {inner.Message}", inner);

/// <summary>Brings a tenant's schema up to what the installed modules expect, once, under the administration lock. A failure stops that tenant, not the host.</summary>
public sealed class TenantUpgrade(TenantDatabases databases, ModuleMigrations migrations, AdministrationLocks locks, ILogger<TenantUpgrade> log)
{
    /// <exception cref="TenantUpgradeException">A migration failed.</exception>
    public async Task RunAsync(Tenant tenant)
    {
        var engine = databases.EngineOf(tenant);
        var (stamp, features) = await ReadAsync(engine, tenant.Store);
        if (stamp == migrations.StampFor(features)) return;
        await using var held = await locks.TakeAsync(tenant.Name, "upgrade", CancellationToken.None);
        log.LogInformation("Bringing tenant {Tenant} up to date", tenant.Name);
        var step = "";
        try
        {
            await MigrateAsync(engine, tenant.Store, features, (module, version) => step = $"{module} {version}");
        }
        catch (Exception e) when (e is not DbException { IsTransient: true } and not OperationCanceledException)
        {
            throw new TenantUpgradeException(step, e);
        }
    }

    /// <summary>A database that stands aside and that the caller alone knows of.</summary>
    public async Task BringUpAsync(Tenant aside)
    {
        var engine = databases.EngineOf(aside);
        var (stamp, features) = await ReadAsync(engine, aside.Store);
        if (stamp != migrations.StampFor(features)) await MigrateAsync(engine, aside.Store, features);
    }

    /// <summary>Runs what is missing for these features and writes the stamp. The caller holds the administration lock.</summary>
    public async Task MigrateAsync(DatabaseEngine engine, string store, IReadOnlyCollection<string> features, Action<string, long>? before = null)
    {
        await Task.Run(() => migrations.Run(engine.Target(store), features, before));
        await using var connection = await engine.OpenAsync(store, CancellationToken.None);
        using var pass = engine.Gate(store) is { } gate ? await gate.EnterAsync(CancellationToken.None) : null;
        await connection.ExecuteAsync("INSERT INTO setting (key, json) VALUES ('SchemaStamp', @json) ON CONFLICT (key) DO UPDATE SET json = excluded.json",
            [("@json", System.Text.Json.JsonSerializer.Serialize(migrations.StampFor(features)))], CancellationToken.None);
    }

    /// <summary>The stamp that the tenant has and the features that are or once were on.</summary>
    static async Task<(string? Stamp, List<string> Features)> ReadAsync(DatabaseEngine engine, string store)
    {
        await using var connection = await engine.OpenAsync(store, CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT json FROM setting WHERE key = 'SchemaStamp'";
        var stamp = await command.ExecuteScalarAsync() is string json ? System.Text.Json.JsonSerializer.Deserialize<string>(json) : null;
        command.CommandText = "SELECT id FROM feature";
        var features = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) features.Add(reader.GetString(0));
        return (stamp, features);
    }
}
