using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Tenants;

namespace TcCrm.Bench.Data;

/// <summary>What the administrator of a bench tenant carries: the cookie a browser has after signing in, and an API key.</summary>
sealed record Visitor(string Tenant, string Cookie, string ApiKey)
{
    public const string Name = "bench";
    public const string Password = "Green-River-2046";

    /// <summary>A tenant set up from <c>retail-chain</c> with one administrator.</summary>
    public static async Task SetUpAsync(Workshop workshop, string tenant)
    {
        var recipe = workshop.Services.GetRequiredService<RecipeCatalogue>().Find("retail-chain")!;
        await workshop.Services.GetRequiredService<TenantSetup>().CreateAsync(new(tenant, tenant, "retail-chain", [], async (inside, cancel) =>
        {
            var user = await AdministratorAsync(inside);
            var snapshot = inside.GetRequiredService<TenantContext>().Snapshot;
            await inside.GetRequiredService<TenantRecipes>().SetUpAsync(snapshot, recipe, TenantRecipes.ParametersOf(snapshot, user), cancel);
        }), default);
    }

    public static Task<Visitor> OfAsync(Workshop workshop, string tenant) => workshop.InAsync(tenant, async services =>
    {
        var user = await services.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync(Name) ?? throw new InvalidOperationException("The tenant has no bench user.");
        return new Visitor(tenant, CookieOf(services, tenant, user), await ApiKeyAsync(services, user));
    });

    static async Task<CrmUser> AdministratorAsync(IServiceProvider services)
    {
        var roles = services.GetRequiredService<RoleManager<CrmRole>>();
        if (await roles.FindByNameAsync(CrmRole.Administrator) is null) Good(await roles.CreateAsync(new() { Name = CrmRole.Administrator, IsProtected = true }));
        var user = new CrmUser { UserName = Name, Email = "bench@acme.example", EmailConfirmed = true };
        var users = services.GetRequiredService<UserManager<CrmUser>>();
        Good(await users.CreateAsync(user, Password));
        Good(await users.AddToRoleAsync(user, CrmRole.Administrator));
        return user;
    }

    static string CookieOf(IServiceProvider services, string tenant, CrmUser user)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new("stamp", user.SecurityStamp!), new("tenant", tenant)], IdentityConstants.ApplicationScheme));
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(2) }, IdentityConstants.ApplicationScheme);
        return $"{options.Cookie.Name}.{tenant}={options.TicketDataFormat.Protect(ticket)}";
    }

    static async Task<string> ApiKeyAsync(IServiceProvider services, CrmUser user)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var secret = ApiKeyToken.NewSecret();
        var key = new ApiKey { UserId = user.Id, Name = "bench", SecretHash = ApiKeyToken.HashOf(secret), CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime };
        db.Add(key);
        await db.SaveChangesAsync();
        return new ApiKeyToken(key.Id, secret).ToString();
    }

    static void Good(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException(string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
