using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Pages;

/// <summary>The whole host with one more module, which brings one of everything, and a tenant <c>demo</c> with an administrator, a plain colleague and a user without any role.</summary>
public sealed class PagesHost : WebApplicationFactory<Program>
{
    public const string Fixture = "Sample.Fixture";
    const string Password = "Correct-horse-42";
    readonly string _data = Directory.CreateTempSubdirectory("tccrm-").FullName;

    public static async Task<PagesHost> StartAsync(params string[] features)
    {
        var host = new PagesHost();
        await host.Services.GetRequiredService<TenantSetup>().CreateAsync(new("demo", "Demo", null, ["TcCrm.Customers", .. features], FillAsync), default);
        return host;
    }

    public Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> work) => Services.GetRequiredService<TenantScopes>().RunAsync("demo", work, default);

    /// <summary>A new record; values as in a form.</summary>
    public Task<Guid> AddAsync(string type, params (string Field, string Value)[] values) => InAsync(async services =>
    {
        var result = await services.GetRequiredService<RecordStore>().CreateAsync(services.GetRequiredService<TenantContext>().Snapshot.RecordTypes[type], values.ToDictionary(v => v.Field, v => (string?)v.Value), default);
        Assert.Equal(SaveOutcome.Saved, result.Outcome);
        return result.Record!.Id;
    });

    /// <summary>A browser in which this user is signed in; redirects are not followed. English unless said otherwise.</summary>
    public async Task<HttpClient> BrowserOfAsync(string user, string language = "en")
    {
        var cookies = new CookieContainer();
        var at = new Uri("http://localhost/t/demo/");
        cookies.Add(at, new Cookie("tc_lang", language, "/t/demo"));
        if (user.Length > 0) cookies.Add(at, new Cookie("crm.demo", await TicketAsync(user), "/t/demo"));
        var client = CreateDefaultClient(new CookieContainerHandler(cookies));
        client.BaseAddress = at;
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseDefaultServiceProvider(o => o.ValidateScopes = true);
        builder.UseSetting("TcCrm:DataPath", _data);
        builder.UseSetting("TcCrm:Modules:0", Fixture);
        builder.UseSetting("Logging:LogLevel:Default", "None");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }

    static async Task FillAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (users, roles) = (services.GetRequiredService<UserManager<CrmUser>>(), services.GetRequiredService<RoleManager<CrmRole>>());
        foreach (var role in new[] { CrmRole.Administrator, PlatformPermissions.StaffRole }) await roles.CreateAsync(new CrmRole { Name = role });
        var staff = (await roles.FindByNameAsync(PlatformPermissions.StaffRole))!;
        foreach (var right in new[] { RecordRight.View, RecordRight.Create, RecordRight.Edit }) await roles.AddClaimAsync(staff, new(CrmRole.PermissionClaim, RecordPermissions.NameOf(right, "customers.customer")));
        foreach (var (name, shown, role) in new[] { ("admin", "Ada", CrmRole.Administrator), ("staff", "Sam", PlatformPermissions.StaffRole), ("guest", "Gil", "") })
        {
            var user = new CrmUser { UserName = name, DisplayName = shown };
            Assert.True((await users.CreateAsync(user, Password)).Succeeded);
            if (role.Length > 0) await users.AddToRoleAsync(user, role);
        }
    }

    Task<string> TicketAsync(string name) => InAsync(async services =>
    {
        var user = (await services.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync(name))!;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var principal = await Sessions.BeginAsync(services.GetRequiredService<CrmDbContext>(), user, new() { UserId = user.Id, BegunAt = now, SeenAt = now }, default);
        return services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme).TicketDataFormat.Protect(new(principal, IdentityConstants.ApplicationScheme));
    });
}

/// <summary>A browser's ways, without one.</summary>
static partial class Browsing
{
    public static async Task<string> PageAsync(this HttpClient browser, string href)
    {
        var answer = await browser.GetAsync(href);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Fills in the form at that address and sends it; what the page carries in hidden fields goes along.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(this HttpClient browser, string at, string? action, params (string Name, string Value)[] values)
    {
        var page = await browser.GetStringAsync(at);
        return await browser.PostAsync(action ?? at, new FormUrlEncodedContent(Hidden(page).Where(h => values.All(v => v.Name != h.Name)).Concat(values).Select(v => KeyValuePair.Create(v.Name, v.Value))));
    }

    public static async Task<string> TextAsync(this HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    /// <summary>The hidden fields of the first form that makes a record or changes one, else only the antiforgery token.</summary>
    static IEnumerable<(string Name, string Value)> Hidden(string page) => HiddenField().Matches(page)
        .Select(m => (Name: m.Groups[1].Value, Value: WebUtility.HtmlDecode(m.Groups[2].Value)))
        .Where(h => h.Name is "__RequestVerificationToken" or "token" or "version").DistinctBy(h => h.Name);

    public static IReadOnlyList<string> Find(string page, string pattern) => [.. Regex.Matches(page, pattern).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("""<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]*)")(?=[^>]*value="([^"]*)")[^>]*>""")]
    private static partial Regex HiddenField();
}
