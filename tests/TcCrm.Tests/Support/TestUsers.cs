using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests;

/// <summary>Users of a test tenant, and clients that carry the cookie they would have after signing in.</summary>
public static class TestUsers
{
    public const string Password = "Green-River-2046";

    /// <summary>Makes the role if it is missing, with these permissions, and a user who has it.</summary>
    public static Task<Guid> AddUserAsync(this TestHost host, string tenant, string name, string role = CrmRole.Administrator, params string[] permissions) => host.InAsync(tenant, async services =>
    {
        var roles = services.GetRequiredService<RoleManager<CrmRole>>();
        if (await roles.FindByNameAsync(role) is null)
        {
            var made = new CrmRole { Name = role };
            Good(await roles.CreateAsync(made));
            foreach (var permission in permissions) Good(await roles.AddClaimAsync(made, new Claim(CrmRole.PermissionClaim, permission)));
            services.GetRequiredService<SnapshotCache>().Drop(tenant);
        }
        var user = new CrmUser { UserName = name, Email = $"{name}@acme.example", EmailConfirmed = true };
        var users = services.GetRequiredService<UserManager<CrmUser>>();
        Good(await users.CreateAsync(user, Password));
        Good(await users.AddToRoleAsync(user, role));
        return user.Id;
    });

    /// <summary>A client at the tenant's address, signed in as the user; it follows no redirect.</summary>
    public static async Task<HttpClient> ClientAsync(this TestHost host, string tenant, string user)
    {
        var client = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri($"http://localhost/t/{tenant}/") });
        client.DefaultRequestHeaders.Add("Cookie", await CookieAsync(host, tenant, user));
        return client;
    }

    /// <summary>A browser in which the user is signed in, in English; it keeps cookies and follows no redirect.</summary>
    public static async Task<HttpClient> BrowserAsync(this TestHost host, string tenant, string user, string? unit = null)
    {
        var (cookies, at) = (new CookieContainer(), new Uri($"http://localhost/t/{tenant}/"));
        var ticket = (await host.CookieAsync(tenant, user)).Split('=', 2);
        cookies.Add(at, new Cookie(ticket[0], ticket[1], $"/t/{tenant}"));
        cookies.Add(at, new Cookie("tc_lang", "en", $"/t/{tenant}"));
        if (unit is not null) cookies.Add(at, new Cookie($"crm-unit.{tenant}", unit, $"/t/{tenant}"));
        var client = host.CreateDefaultClient(new CookieContainerHandler(cookies));
        client.BaseAddress = at;
        return client;
    }

    /// <summary>A client for the REST API that carries a key of the user.</summary>
    public static async Task<HttpClient> ApiClientAsync(this TestHost host, string tenant, string user)
    {
        var token = await host.InAsync(tenant, async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            var secret = ApiKeyToken.NewSecret();
            var key = new ApiKey { UserId = (await services.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync(user))!.Id, Name = "test", SecretHash = ApiKeyToken.HashOf(secret), CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime };
            db.Add(key);
            await db.SaveChangesAsync();
            return new ApiKeyToken(key.Id, secret);
        });
        var client = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri($"http://localhost/t/{tenant}/") });
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.ToString());
        return client;
    }

    public static Task<string> CookieAsync(this TestHost host, string tenant, string user) => host.InAsync(tenant, async services =>
    {
        var found = (await services.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync(user))!;
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = DateTimeOffset.FromUnixTimeSeconds(services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds());
        var principal = await Sessions.BeginAsync(services.GetRequiredService<CrmDbContext>(), found, new() { UserId = found.Id, BegunAt = now.UtcDateTime, SeenAt = now.UtcDateTime }, default);
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(1) }, IdentityConstants.ApplicationScheme);
        return $"{options.Cookie.Name}.{tenant}={options.TicketDataFormat.Protect(ticket)}";
    });

    static void Good(IdentityResult result) => Assert.True(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
}
