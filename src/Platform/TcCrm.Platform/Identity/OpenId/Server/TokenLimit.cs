using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OpenIddict.Server;
using TcCrm.Platform.Tenants;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>
/// How often one address may ask for tokens, and how often for one application; all nodes count together. The id of an application is no secret, so what
/// others ask for with it from elsewhere is not held against it.
/// </summary>
sealed class TokenLimit(TryCounts counts, IConfiguration configuration) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    /// <summary>Before anything of the request is looked at.</summary>
    public const int Order = int.MinValue + 50_000;
    static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    readonly int _perAddress = configuration.GetValue("TcCrm:OpenId:TokensPerAddress", 2000);
    readonly int _perApplication = configuration.GetValue("TcCrm:OpenId:TokensPerApplication", 600);

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var (address, cancel) = (TooManyTries.AddressOf(http), http.RequestAborted);
        var wait = await counts.TakeAsync($"token from\n{address}", _perAddress, Window, cancel)
            ?? await counts.TakeAsync($"token for\n{AmbientTenant.Name}\n{context.ClientId}\n{address}", _perApplication, Window, cancel);
        if (wait is not { } time) return;
        await RefuseAsync(http, (int)Math.Ceiling(time.TotalSeconds));
        context.HandleRequest();
    }

    static Task RefuseAsync(HttpContext http, int seconds)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(new { error = Errors.SlowDown, error_description = $"Too many requests for tokens of this application from this address. Ask again in {seconds} s." }, http.RequestAborted);
    }
}
