using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TcCrm.Platform.Hosting;

static class HostEndpoints
{
    /// <summary>What watches over the host asks <c>/health</c>; the default tenant begins with the list of tenants.</summary>
    public static void MapHost(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup("/health").AllowAnonymous().ExcludeFromDescription();
        health.MapGet("/live", () => Results.Text("live"));
        health.MapGet("/ready", (Entrance entrance) => entrance.IsOpen ? Results.Text("ready") : Results.Text("starting", statusCode: StatusCodes.Status503ServiceUnavailable));
        endpoints.MapGet("/", () => Results.LocalRedirect("~/host/tenants")).WithMetadata(new DefaultTenantOnly()).WithOrder(-1).ExcludeFromDescription();
    }
}
