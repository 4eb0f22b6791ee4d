using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;

namespace TcCrm.Platform.Tenants;

/// <summary>Scopes for work outside a request: jobs, reactions, command line. The system acts unless the work says for whom it runs.</summary>
public sealed class TenantScopes(IServiceScopeFactory scopes, TenantRegistry registry, SnapshotCache snapshots, TenantTraffic traffic)
{
    /// <exception cref="BusinessRuleException">There is no such tenant, or it does not run.</exception>
    public async Task<T> RunAsync<T>(string tenantName, Func<IServiceProvider, Task<T>> work, CancellationToken cancel)
    {
        using var visit = traffic.Enter(tenantName);
        var tenant = registry.Find(tenantName) ?? throw new BusinessRuleException("There is no tenant '{0}'.", null, tenantName);
        if (tenant.State != TenantState.Running) throw new BusinessRuleException("The tenant '{0}' is not running.", null, tenantName);
        return await RunAsync(await snapshots.OfAsync(tenant, cancel), work);
    }

    /// <summary>Whether work in the background finds the tenant: it may be set up, suspended or removed at any moment, which is no failure. Its first visitor signals what is left.</summary>
    public bool Runs(string tenantName) => registry.Find(tenantName) is { State: TenantState.Running };

    public async Task<T> RunAsync<T>(TenantSnapshot snapshot, Func<IServiceProvider, Task<T>> work)
    {
        var (outer, texts) = (AmbientTenant.Name, AmbientTenant.Texts);
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(snapshot);
            scope.ServiceProvider.GetRequiredService<CurrentUser>().RunAsSystem();
            return await work(scope.ServiceProvider);
        }
        finally
        {
            (AmbientTenant.Name, AmbientTenant.Texts) = (outer, texts);
        }
    }
}
