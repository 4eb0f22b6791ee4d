using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>A cookie of the framework whose name carries the tenant, for options that are built once per process: antiforgery, TempData.</summary>
public sealed class TenantCookieName(string name) : CookieBuilder
{
    public override string? Name
    {
        get => $"{name}.{AmbientTenant.Name}";
        set { }
    }
}
