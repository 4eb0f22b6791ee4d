using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

public static class IdentitySetup
{
    public static void AddCrmIdentity(this IServiceCollection services)
    {
        services.AddIdentity<CrmUser, CrmRole>().AddEntityFrameworkStores<CrmDbContext>().AddDefaultTokenProviders();
        services.AddScoped<IOptions<IdentityOptions>>(sp => Options.Create(sp.GetRequiredService<TenantContext>() is { HasTenant: true } tenant ? tenant.Snapshot.Identity : new IdentityOptions()));
        services.AddSingleton<ICookieManager, TenantCookies>();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.CookieManager = new TenantCookies();
            cookie.Cookie.Name = "crm";
            cookie.LoginPath = "/sign-in";
        });
        services.AddAuthorization();
    }
}
