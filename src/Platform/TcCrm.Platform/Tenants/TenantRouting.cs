using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TcCrm.Platform.Tenants;

public static class TenantRouting
{
    /// <summary>Must stand before UseRouting: the path is rewritten and the feature gate asks for the snapshot.</summary>
    public static IApplicationBuilder UseTenants(this IApplicationBuilder app)
    {
        var registry = app.ApplicationServices.GetRequiredService<TenantRegistry>();
        var traffic = app.ApplicationServices.GetRequiredService<TenantTraffic>();
        var opening = new TenantOpening(registry, app.ApplicationServices.GetRequiredService<SnapshotCache>(), app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TenantRouting)));
        return app.Use(async (context, next) =>
        {
            if (registry.Match(context.Request) is not { } tenant)
            {
                await next(context);
                return;
            }
            using var visit = traffic.Enter(tenant.Name);
            if (await opening.SnapshotAsync(tenant.Name, context) is { } snapshot)
            {
                context.Features.Set(snapshot);
                context.RequestServices.GetRequiredService<TenantContext>().Enter(snapshot);
            }
            await next(context);
        });
    }
}

/// <summary>The request's tenant exists but does not answer.</summary>
public sealed record TenantTrouble(TenantState State);

/// <summary>Finds a request's snapshot, or says why there is none.</summary>
sealed class TenantOpening(TenantRegistry registry, SnapshotCache snapshots, ILogger log)
{
    /// <summary>Null where the tenant cannot answer; <see cref="TenantTrouble"/> then says why. The state is asked for after the visit was counted, or a removal could overlook it.</summary>
    public async Task<TenantSnapshot?> SnapshotAsync(string name, HttpContext context)
    {
        if (registry.Find(name) is not { State: TenantState.Running } tenant)
        {
            context.Features.Set(new TenantTrouble(registry.Find(name)?.State ?? TenantState.Uninitialized));
            return null;
        }
        try
        {
            return await snapshots.OfAsync(tenant, context.RequestAborted);
        }
        catch (TenantUpgradeException failed)
        {
            await StopAsync(tenant, failed);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Tenant {Tenant} does not start", tenant.Name);
        }
        context.Features.Set(new TenantTrouble(TenantState.Invalid));
        return null;
    }

    /// <summary>A failing migration fails again at each request: the tenant stops until somebody has looked, or the host starts anew.</summary>
    async Task StopAsync(Tenant tenant, TenantUpgradeException failed)
    {
        if (registry.Find(tenant.Name) is not { State: TenantState.Running } still) return;
        log.LogError(failed, "Tenant {Tenant} is stopped: it cannot be brought up to date", tenant.Name);
        await registry.SaveAsync(still with { State = TenantState.Invalid, Error = failed.Message }, CancellationToken.None);
    }
}
