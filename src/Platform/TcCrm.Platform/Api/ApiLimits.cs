using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Api;

/// <summary>
/// How many requests a minute the API takes of one user, of one tenant, and of one address without a valid key; 0 is no limit. Each node counts
/// for itself. High enough for an import that does nothing else, low enough that a program gone wild does not take the host from everybody.
/// </summary>
static class ApiLimits
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static void AddApiLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limits => limits.OnRejected = (rejected, _) => new(RefuseAsync(rejected)));
        services.AddOptions<RateLimiterOptions>().Configure<IConfiguration>((limits, configuration) => limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            Limiter(CallerOf, configuration.GetValue("TcCrm:Api:RequestsPerUser", 120_000), configuration.GetValue("TcCrm:Api:RequestsPerAddress", 600)),
            Limiter(http => "tenant " + TenantOf(http), configuration.GetValue("TcCrm:Api:RequestsPerTenant", 240_000), 0)));
    }

    static PartitionedRateLimiter<HttpContext> Limiter(Func<HttpContext, string> key, int ofKnown, int ofUnknown) => PartitionedRateLimiter.Create<HttpContext, string>(http =>
    {
        var requests = http.User.Identity?.IsAuthenticated == true ? ofKnown : ofUnknown;
        return requests <= 0 || !Refusals.IsForPrograms(http) ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetSlidingWindowLimiter(key(http), _ => new() { PermitLimit = requests, Window = Minute, SegmentsPerWindow = 6, AutoReplenishment = true });
    });

    static string CallerOf(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } user ? $"{TenantOf(http)} {user}" : $"address {http.Connection.RemoteIpAddress}";

    static string TenantOf(HttpContext http) => http.Features.Get<TenantSnapshot>()?.Tenant.Name ?? "";

    static Task RefuseAsync(OnRejectedContext rejected)
    {
        var wait = (int)Math.Ceiling((rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : Minute).TotalSeconds);
        rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Refusals.ProblemAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "Too many requests. Try again in {0} seconds.", wait);
    }
}
