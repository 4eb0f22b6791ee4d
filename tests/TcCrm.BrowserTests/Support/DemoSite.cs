using System.Collections.Concurrent;
using Microsoft.Playwright;
using TcCrm.BrowserTests;

[assembly: AssemblyFixture(typeof(DemoSite))]

namespace TcCrm.BrowserTests;

/// <summary>The browser of the run and a host with its administrator and the tenant <c>demo</c>, made by the set-up that <c>--demo</c> uses too.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    public const string Demo = "demo";
    public const string Host = "default";
    /// <summary>Where there is no tenant yet: see <see cref="EmptyAsync"/>.</summary>
    public const string Nowhere = "";
    public const string Administrator = "admin";
    public const string Password = "Green-River-2046";

    readonly ConcurrentDictionary<(string Tenant, string User), Task<string>> _signedIn = new();
    Chromium? _chromium;
    Site? _site;
    Task<Site>? _empty;

    public IBrowser Browser => _chromium!.Browser;
    public Site Site => _site!;

    public async ValueTask InitializeAsync()
    {
        _chromium = await Chromium.StartAsync();
        _site = await Site.StartAsync(Settings);
    }

    /// <summary>A host that nobody has set up yet.</summary>
    public Task<Site> EmptyAsync()
    {
        lock (_signedIn) return _empty ??= Site.StartAsync();
    }

    static Dictionary<string, string> Settings => new()
    {
        ["TcCrm:OpenId:AllowHttp"] = "true",
        ["TcCrm:OpenId:AllowPrivateAddresses"] = "true",
        ["TcCrm:AutoSetup:0:Name"] = Host,
        ["TcCrm:AutoSetup:0:Title"] = "TC-CRM",
        ["TcCrm:AutoSetup:0:AdminPassword"] = Password,
        ["TcCrm:AutoSetup:1:Name"] = Demo,
        ["TcCrm:AutoSetup:1:Title"] = "云杉连锁",
        ["TcCrm:AutoSetup:1:Recipe"] = "demo",
        ["TcCrm:AutoSetup:1:AdminPassword"] = Password,
        ["TcCrm:AutoSetup:1:AdminName"] = "管理员",
    };

    public static string PathOf(string tenant) => tenant is Host or Nowhere ? "" : "/t/" + tenant;

    /// <summary>A new visitor of the tenant, signed in as the user, or nobody yet.</summary>
    public async Task<Visitor> VisitAsync(string tenant = Demo, string? user = Administrator, string language = "en", ColorScheme scheme = ColorScheme.Light)
    {
        var state = user is null ? null : await _signedIn.GetOrAdd((tenant, user), SignInAsync);
        var host = tenant == Nowhere ? await EmptyAsync() : Site;
        return await Visitor.ArriveAsync(Browser, host.Address + PathOf(tenant), language, scheme, state);
    }

    async Task<string> SignInAsync((string Tenant, string User) who)
    {
        await using var visitor = await Visitor.ArriveAsync(Browser, Site.Address + PathOf(who.Tenant), "en");
        await visitor.SignInAsync(who.User, Password);
        return await visitor.Page.Context.StorageStateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
        if (_empty is not null) await (await _empty).DisposeAsync();
        if (_chromium is not null) await _chromium.DisposeAsync();
    }
}
