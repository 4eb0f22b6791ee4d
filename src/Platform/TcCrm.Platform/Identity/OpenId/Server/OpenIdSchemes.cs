using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>The provider looks at its own addresses only, and only in tenants that have it on: no other request pays for it.</summary>
sealed class OpenIdSchemes(IOptions<AuthenticationOptions> options, IHttpContextAccessor http) : AuthenticationSchemeProvider(options)
{
    static readonly PathString[] Own = ["/connect", "/.well-known"];

    public override async Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync() =>
        http.HttpContext is { } request && Own.Any(p => request.Request.Path.StartsWithSegments(p)) && request.Features.Get<TenantSnapshot>() is { } tenant && tenant.Features.Contains(OpenIdServerStartup.Id)
            ? await base.GetRequestHandlerSchemesAsync()
            : [];
}
