using TcCrm.Platform.Data;
using TcCrm.Platform.Privacy.Erasing;

namespace TcCrm.Platform.Tenants;

/// <summary>Takes a tenant away with everything in it: database, files, keys. There is no way back but a backup.</summary>
public sealed class RemoveTenant(TenantRegistry registry, AdministrationLocks locks, TenantSetup setup, TenantStanding standing, ErasureList erasures, HostAudit audit)
{
    /// <exception cref="BusinessRuleException">There is no such tenant, or it is the default tenant.</exception>
    public async Task ExecuteAsync(string name, CancellationToken cancel)
    {
        await using var held = await locks.TakeAsync(name, "removing", cancel);
        var tenant = await registry.CurrentAsync(name, cancel);
        if (tenant.IsDefault) throw new BusinessRuleException("The default tenant administers the host and always runs.");
        await erasures.GatherAsync(tenant, cancel);
        await standing.StillAsync(tenant, cancel);
        await audit.WriteAsync("RemovedTenant", name, cancel);
        await setup.RemoveAsync(registry.Find(name)!);
    }
}

/// <summary>Brings a tenant to rest before its database is replaced or removed.</summary>
public sealed class TenantStanding(TenantRegistry registry, TenantTraffic traffic, SnapshotCache snapshots, TenantDatabases databases, TimeProvider time)
{
    /// <summary>Suspends it, waits until other nodes know and nothing is under way here, and closes what is open of it.</summary>
    public async Task StillAsync(Tenant tenant, CancellationToken cancel)
    {
        if (tenant.State != TenantState.Disabled)
        {
            await registry.SaveAsync(tenant with { State = TenantState.Disabled, Error = null }, cancel);
            await Task.Delay(RegistryWatch.NoticedAfter, time, cancel);
        }
        await traffic.WaitUntilQuietAsync(tenant.Name, cancel);
        snapshots.Drop(tenant.Name);
        await databases.EngineOf(tenant).CloseAsync(tenant.Name);
    }
}
