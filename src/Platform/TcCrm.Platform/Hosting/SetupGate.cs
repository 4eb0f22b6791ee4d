using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Hosting;

/// <summary>What a request without a tenant gets: the set-up screen while there is no default tenant, else 404.</summary>
public static class SetupGate
{
    public const string Path = "/setup";
    static readonly PathString[] OpenWithoutTenant = [Path, "/status", "/health", "/_content", "/preferences"];

    /// <summary>Belongs behind UseTenants and the error pages.</summary>
    public static IApplicationBuilder UseSetupGate(this IApplicationBuilder app)
    {
        var registry = app.ApplicationServices.GetRequiredService<TenantRegistry>();
        var entrance = app.ApplicationServices.GetRequiredService<Entrance>();
        return app.Use((context, next) =>
        {
            if (context.Features.Get<TenantSnapshot>() is not null || context.Features.Get<TenantTrouble>() is not null || OpenWithoutTenant.Any(p => context.Request.Path.StartsWithSegments(p))) return next(context);
            if (context.Request.Path.StartsWithSegments("/t")) return AnswerAsync(context, entrance.IsOpen ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable);
            if (registry.Find(Tenant.DefaultName) is { State: not TenantState.Initializing }) return AnswerAsync(context, StatusCodes.Status404NotFound);
            if (!entrance.IsOpen || context.Request.Path.StartsWithSegments("/api")) return AnswerAsync(context, StatusCodes.Status503ServiceUnavailable);
            context.Response.Redirect(Path);
            return Task.CompletedTask;
        });
    }

    static Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
