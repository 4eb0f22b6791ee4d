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
        var snapshots = app.ApplicationServices.GetRequiredService<SnapshotCache>();
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TenantRouting));
        return app.Use(async (context, next) =>
        {
            if (registry.Match(context.Request) is { } tenant && await SnapshotAsync(snapshots, tenant, log, context) is { } snapshot)
            {
                context.Features.Set(snapshot);
                context.RequestServices.GetRequiredService<TenantContext>().Enter(snapshot);
            }
            await next(context);
        });
    }

    /// <summary>Null where the tenant cannot answer; <see cref="TenantTrouble"/> then says why.</summary>
    static async Task<TenantSnapshot?> SnapshotAsync(SnapshotCache snapshots, Tenant tenant, ILogger log, HttpContext context)
    {
        if (tenant.State != TenantState.Running)
        {
            context.Features.Set(new TenantTrouble(tenant.State));
            return null;
        }
        try
        {
            return await snapshots.OfAsync(tenant, context.RequestAborted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Tenant {Tenant} does not start", tenant.Name);
            context.Features.Set(new TenantTrouble(TenantState.Invalid));
            return null;
        }
    }
}

/// <summary>The request's tenant exists but does not answer.</summary>
public sealed record TenantTrouble(TenantState State);
