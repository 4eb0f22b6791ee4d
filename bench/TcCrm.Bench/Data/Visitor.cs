using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TcCrm.Bench.Running;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Bench.Data;

/// <summary>What a user of a bench tenant carries, its administrator unless said otherwise: the cookie a browser has after signing in, and an API key.</summary>
sealed record Visitor(string Tenant, string Cookie, string ApiKey)
{
    public const string Name = "bench";
    public const string Password = "Green-River-2046";

    /// <summary>A tenant set up from <c>retail-chain</c> with one administrator.</summary>
    public static Task SetUpAsync(Workshop workshop, string tenant) => workshop.Services.GetRequiredService<SetUpTenants>()
        .RunAsync([new(tenant, "retail-chain", new(Name, Password) { Email = "bench@acme.example" })], null, default);

    public static Task<Visitor> OfAsync(Workshop workshop, string tenant, string name = Name) => workshop.InAsync(tenant, async services =>
    {
        var user = await services.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync(name) ?? throw new InvalidOperationException("The tenant has no bench user.");
        return new Visitor(tenant, await CookieOfAsync(services, tenant, user), await ApiKeyAsync(services, user));
    });

    /// <summary>With the cookie that a first page gives to protect forms.</summary>
    public async Task<Visitor> WithFormCookieAsync(ServerProcess server, HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, $"t/{Tenant}/customers/customer"));
        request.Headers.TryAddWithoutValidation("Cookie", Cookie);
        using var answer = await client.SendAsync(request);
        return this with { Cookie = string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Prepend(Cookie)) };
    }

    static async Task<string> CookieOfAsync(IServiceProvider services, string tenant, CrmUser user)
    {
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var principal = await Sessions.BeginAsync(services.GetRequiredService<CrmDbContext>(), user, new() { UserId = user.Id, BegunAt = now.UtcDateTime, SeenAt = now.UtcDateTime, IsRemembered = true }, CancellationToken.None);
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
}
