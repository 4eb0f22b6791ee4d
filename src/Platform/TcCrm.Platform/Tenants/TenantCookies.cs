using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace TcCrm.Platform.Tenants;

/// <summary>One cookie name per tenant: a tenant at the root of a host and one under /t share the jar, and the last of two equal names wins.</summary>
public sealed class TenantCookies : ICookieManager
{
    readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Of(context, key));
    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _inner.AppendResponseCookie(context, Of(context, key), value, options);
    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, Of(context, key), options);

    static string Of(HttpContext context, string key) => $"{key}.{context.Features.Get<TenantSnapshot>()?.Tenant.Name}";
}
