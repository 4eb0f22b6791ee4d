using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Api;

/// <summary>
/// How many requests a minute the API takes of one user, of one tenant, and of one address without a valid key; 0 is no limit. Each node counts
/// for itself. High enough for an import that does nothing else, low enough that a program gone wild does not take the host from everybody.
/// </summary>
sealed class ApiLimits(IConfiguration configuration) : IMiddleware, IAsyncDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly PartitionedRateLimiter<HttpContext> _callers = Limiter(CallerOf, configuration.GetValue("TcCrm:Api:RequestsPerUser", 120_000), configuration.GetValue("TcCrm:Api:RequestsPerAddress", 600));
    readonly PartitionedRateLimiter<HttpContext> _tenants = Limiter(http => "tenant " + TenantOf(http), configuration.GetValue("TcCrm:Api:RequestsPerTenant", 240_000), 0);

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        using var byCaller = await _callers.AcquireAsync(http, cancellationToken: http.RequestAborted);
        using var byTenant = byCaller.IsAcquired ? await _tenants.AcquireAsync(http, cancellationToken: http.RequestAborted) : byCaller;
        await (byTenant.IsAcquired ? next(http) : RefuseAsync(http, byTenant));
    }

    public async ValueTask DisposeAsync()
    {
        await _callers.DisposeAsync();
        await _tenants.DisposeAsync();
    }

    static PartitionedRateLimiter<HttpContext> Limiter(Func<HttpContext, string> key, int ofKnown, int ofUnknown) => PartitionedRateLimiter.Create<HttpContext, string>(http =>
    {
        var requests = http.User.Identity?.IsAuthenticated == true ? ofKnown : ofUnknown;
        return requests <= 0 || !Refusals.IsForPrograms(http) ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetSlidingWindowLimiter(key(http), _ => new() { PermitLimit = requests, Window = Minute, SegmentsPerWindow = 6, AutoReplenishment = true });
    });

    static string CallerOf(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } user ? $"{TenantOf(http)} {user}" : $"address {http.Connection.RemoteIpAddress}";

    static string TenantOf(HttpContext http) => http.Features.Get<TenantSnapshot>()?.Tenant.Name ?? "";

    static Task RefuseAsync(HttpContext http, RateLimitLease lease)
    {
        var wait = (int)Math.Ceiling((lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : Minute).TotalSeconds);
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Refusals.ProblemAsync(http, StatusCodes.Status429TooManyRequests, "Too many requests. Try again in {0} seconds.", wait);
    }
}
