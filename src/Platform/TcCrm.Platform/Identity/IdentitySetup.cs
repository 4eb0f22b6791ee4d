using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Api;
using TcCrm.Platform.Data;
using TcCrm.Platform.Mail;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

public static class IdentitySetup
{
    /// <summary>Picks cookie or API key by what the request carries.</summary>
    const string Either = "TcCrm";
    /// <summary>What OWASP asks for PBKDF2 with HMAC-SHA512.</summary>
    const int HashIterations = 210_000;

    public static void AddCrmIdentity(this IServiceCollection services)
    {
        services.AddIdentity<CrmUser, CrmRole>().AddEntityFrameworkStores<CrmDbContext>().AddDefaultTokenProviders().AddErrorDescriber<CrmIdentityErrors>().AddPasswordValidator<PasswordIsNotCommon>();
        services.AddScoped<CrmIdentityErrors>().AddTransient<InvitationTokens>();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = HashIterations);
        services.AddSingleton<PasswordHashing>().AddSingleton<TryCounts>().AddSingleton<SignInLimits>().AddSingleton<HandOver>().AddSingleton<FactorSecrets>();
        services.AddScoped<SignInTries>().AddScoped<SignInCheck>().AddScoped<SecondFactors>().AddScoped<SecondStep>().AddScoped<UserSessions>().AddScoped<ViewAs>().AddScoped<ViewedIdentity>().AddScoped<RequireSecondFactor>().AddScoped<CompanySignIn>()
           .AddScoped<UserAccounts>().AddScoped<UserRights>().AddScoped<RoleAccounts>().AddScoped<RoleNarrowings>().AddScoped<CopyRole>().AddScoped<UserBatch>().AddScoped<RoleBatch>().AddScoped<LeaveCompany>().AddScoped<ApiKeys>().AddScoped<PasswordMails>();
        services.AddMail();
        services.AddScoped<IOptions<IdentityOptions>>(sp => Options.Create(sp.GetRequiredService<TenantContext>() is { HasTenant: true } tenant ? tenant.Snapshot.Identity : new IdentityOptions()));
        AddSchemes(services);
        services.AddSingleton<ApiLimits>();
        services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddScoped<IAuthorizationHandler, PermissionCheck>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, Doorkeeper>();
        services.Configure<AntiforgeryOptions>(o => o.Cookie = OfTenant("crm.form", SameSiteMode.Strict));
        services.Configure<CookieTempDataProviderOptions>(o => o.Cookie = OfTenant("crm.next", SameSiteMode.Lax));
    }

    static void AddSchemes(IServiceCollection services)
    {
        services.AddSingleton<ICookieManager, TenantCookies>();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.CookieManager = new TenantCookies();
            cookie.Cookie.Name = "crm";
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = Sessions.ValidateAsync;
            cookie.Events.OnRedirectToLogin = c => Refusals.AskToSignInAsync(c.HttpContext);
            cookie.Events.OnRedirectToAccessDenied = c => Refusals.DenyAsync(c.HttpContext);
        });
        services.AddAuthentication(o => o.DefaultScheme = o.DefaultAuthenticateScheme = o.DefaultChallengeScheme = o.DefaultForbidScheme = Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Scheme, null);
    }

    static string SchemeOf(HttpContext http)
    {
        if (!Refusals.IsForPrograms(http) || http.Request.Headers.Authorization.ToString() is not { Length: > 0 } sent) return IdentityConstants.ApplicationScheme;
        var others = ApiKeyToken.IsMeantBy(sent) || http.Features.Get<TenantSnapshot>() is null ? null : http.RequestServices.GetRequiredService<ITenantCatalogue>().Of<BearerTokens>().FirstOrDefault();
        return others?.Scheme ?? ApiKeyAuthentication.Scheme;
    }

    static TenantCookieName OfTenant(string name, SameSiteMode site) => new(name) { SameSite = site, HttpOnly = true, IsEssential = true, SecurePolicy = CookieSecurePolicy.SameAsRequest };
}
