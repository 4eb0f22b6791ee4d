using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Host;

/// <summary>What the host sees of a tenant: figures, no contents. The last ones are null while it does not run.</summary>
public sealed record TenantFacts(Tenant Tenant, long DatabaseBytes, long FileBytes, int? Users, IReadOnlyList<string>? Features, TenantSettings? Settings)
{
    public static async Task<TenantFacts> OfAsync(Tenant tenant, IServiceProvider services, CancellationToken cancel)
    {
        var (database, files) = (0L, 0L);
        if (tenant.State != TenantState.Initializing)
            (database, files) = (await services.GetRequiredService<TenantDatabases>().EngineOf(tenant).SizeAsync(tenant.Store, cancel), services.GetRequiredService<TenantFolders>().SizeOf(tenant.Store));
        if (tenant.State != TenantState.Running) return new(tenant, database, files, null, null, null);
        try
        {
            return await services.GetRequiredService<TenantScopes>().RunAsync(tenant.Name, async scope =>
            {
                var (snapshot, modules) = (scope.GetRequiredService<TenantContext>().Snapshot, scope.GetRequiredService<ModuleCatalog>());
                string[] features = [.. snapshot.Features.Select(f => modules.Find(f)?.Name ?? f)];
                return new TenantFacts(tenant, database, files, await scope.GetRequiredService<CrmDbContext>().Users.CountAsync(cancel), features, snapshot.Settings);
            }, cancel);
        }
        catch (TenantUpgradeException failed)
        {
            return new(tenant with { State = TenantState.Invalid, Error = failed.Message }, database, files, null, null, null);
        }
    }
}
