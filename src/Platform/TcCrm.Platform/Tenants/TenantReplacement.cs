using TcCrm.Platform.Data;

namespace TcCrm.Platform.Tenants;

/// <summary>
/// Puts another database in a tenant's place. The new one is built aside while the old still stands; then two renames, and only then the old one goes.
/// The tenant is suspended meanwhile: killed at any point, the next start finds the old or the new one complete.
/// </summary>
public sealed class TenantReplacement(TenantRegistry registry, TenantSetup setup, TenantDatabases databases, TenantFolders folders, AdministrationLocks locks, TenantStanding standing)
{
    /// <exception cref="BusinessRuleException">There is no such tenant, or it uses another engine.</exception>
    public async Task ExecuteAsync(NewTenant wish, CancellationToken cancel)
    {
        await using var held = await locks.TakeAsync(wish.Name, "restore", cancel);
        var tenant = await registry.CurrentAsync(wish.Name, cancel);
        if (wish.Engine is { } engine && engine != tenant.Engine) throw new BusinessRuleException("The backup is of another kind of database ({0}) than the tenant '{1}'. Restore it under a free name.", null, engine, tenant.Name);
        var aside = tenant with { Aside = TenantSetup.AsideOf(tenant.Name) };
        try
        {
            await setup.BuildAsync(wish, aside, cancel);
            await standing.StillAsync(tenant, cancel);
            if (wish.Last is not null) await wish.Last(tenant, aside, cancel);
        }
        catch
        {
            await setup.DropAsync(databases.EngineOf(tenant), aside.Store, CancellationToken.None);
            throw;
        }
        await MoveAsync(tenant, tenant.Name, OldOf(tenant.Name));
        await MoveAsync(tenant, aside.Store, tenant.Name);
        await setup.DropAsync(databases.EngineOf(tenant), OldOf(tenant.Name), CancellationToken.None);
        await registry.RenewAsync(tenant with { Title = wish.Title, Recipe = wish.Recipe }, CancellationToken.None);
    }

    /// <summary>After a start: finishes what was killed between the renames. Such a tenant is suspended and stays so until somebody resumes it.</summary>
    public async Task RecoverAsync(CancellationToken cancel)
    {
        foreach (var tenant in registry.All.Where(t => t.State == TenantState.Disabled).ToList())
        {
            if (!await ExistsAsync(tenant, OldOf(tenant.Name), cancel)) continue;
            await using var held = await locks.TryTakeAsync(tenant.Name, "clearing up", cancel);
            if (held is null) continue;
            if (await databases.EngineOf(tenant).ExistsAsync(OldOf(tenant.Name), cancel) && !await databases.EngineOf(tenant).ExistsAsync(tenant.Name, cancel)) await databases.EngineOf(tenant).RenameAsync(OldOf(tenant.Name), tenant.Name, cancel);
            if (!Directory.Exists(folders.PathOf(tenant.Name))) folders.Move(OldOf(tenant.Name), tenant.Name);
            await setup.DropAsync(databases.EngineOf(tenant), OldOf(tenant.Name), cancel);
        }
    }

    async Task MoveAsync(Tenant tenant, string from, string to)
    {
        await databases.EngineOf(tenant).RenameAsync(from, to, CancellationToken.None);
        folders.Move(from, to);
    }

    async Task<bool> ExistsAsync(Tenant tenant, string store, CancellationToken cancel) =>
        Directory.Exists(folders.PathOf(store)) || await databases.EngineOf(tenant).ExistsAsync(store, cancel);

    static string OldOf(string name) => "1-" + name;
}
