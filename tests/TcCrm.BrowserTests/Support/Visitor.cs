using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace TcCrm.BrowserTests;

/// <summary>Somebody in front of a browser window of their own. Whatever the browser complains about fails the test when they leave.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>Written by the browser for every answer that a form means to get.</summary>
    static readonly string[] Expected = ["status of 401", "status of 403", "status of 404", "status of 409", "status of 422", "status of 503"];
    /// <summary>Written while there is no connection.</summary>
    static readonly string[] Offline = ["ERR_INTERNET_DISCONNECTED", "Failed to fetch"];
    readonly ConcurrentQueue<string> _complaints = new();
    bool _wasOffline;
    readonly string _address;

    Visitor(IPage page, string address)
    {
        Page = page;
        _address = address;
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !Expected.Any(message.Text.Contains) && !(Awaits is { } awaited && message.Text.Contains(awaited, StringComparison.Ordinal)) && !(_wasOffline && Offline.Any(message.Text.Contains))) _complaints.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }
    /// <summary>A complaint that the journey is about.</summary>
    public string? Awaits { get; set; }
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Visitor> ArriveAsync(IBrowser browser, string address, string language, ColorScheme scheme = ColorScheme.Light, string? state = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 1440, Height = 900 },
            Locale = language,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = state,
        });
        await context.AddCookiesAsync([new() { Name = "tc_lang", Value = language, Url = address + "/" }]);
        return new(await context.NewPageAsync(), address);
    }

    /// <summary>Goes to an address of the tenant, such as <c>/customers/customer</c>.</summary>
    public async Task<IResponse> GoAsync(string path) => (await Page.GotoAsync(_address + path))!;

    public async Task SignInAsync(string user, string password)
    {
        await GoAsync("/sign-in");
        await TryPasswordAsync(user, password);
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Fills in and sends the form of the sign-in page, in English.</summary>
    public async Task TryPasswordAsync(string user, string password)
    {
        await Field("User name or mail address").FillAsync(user);
        await Field("Password").FillAsync(password);
        await Button("Sign in").ClickAsync();
    }

    public async Task NarrowAsync(int width)
    {
        await Page.SetViewportSizeAsync(width, width < 500 ? 844 : 900);
        await SettleAsync();
    }

    /// <summary>As if the system were switched to the light or the dark scheme while the page is open.</summary>
    public async Task ShadeAsync(ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await SettleAsync();
    }

    /// <summary>The colour of the page's letters.</summary>
    public Task<string> InkAsync() => Page.EvaluateAsync<string>("() => getComputedStyle(document.body).color");

    public Task CutOffAsync()
    {
        _wasOffline = true;
        return Page.Context.SetOfflineAsync(true);
    }

    public Task ConnectAsync() => Page.Context.SetOfflineAsync(false);

    /// <summary>Waits until nothing moves any more: fonts are there, answers have arrived, transitions have ended.</summary>
    public Task SettleAsync() => Page.EvaluateAsync("""
        async () => {
          const frame = () => new Promise(requestAnimationFrame);
          const moves = () => document.querySelector('.htmx-request, .htmx-swapping') || document.getAnimations().some(a => a.playState === 'running');
          await document.fonts.ready;
          await frame(), await frame();
          for (const end = performance.now() + 10_000; moves() && performance.now() < end;) await frame();
        }
        """);

    /// <summary>From here on the page stays as it is: whatever it asks for by itself gets no answer.</summary>
    public Task FreezeAsync() => Page.RouteAsync("**/*", route =>
        route.Request.Headers.ContainsKey("hx-request") ? route.FulfillAsync(new() { Status = 204 }) : route.ContinueAsync());

    /// <summary>A control by its label, with or without the mark of a required field.</summary>
    public ILocator Field(string label) => Page.GetByLabel(new Regex($@"^{Regex.Escape(label)}\s*\*?$"));

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public ILocator Rows => Page.Locator("#rows > tr");
    public ILocator Toast => Page.Locator(".tc-toast");
    /// <summary>The number under a heading of key figures.</summary>
    public ILocator Figure(string name) => Page.Locator($"dl.tc-figs > div:has(dt:text-is('{name}')) > dd:not(.s)");
    public ILocator Html => Page.Locator("html");

    public Task OpenUserMenuAsync() => Page.Locator("[popovertarget=m-user]").ClickAsync();

    /// <summary>How much wider than the window the page is, in pixels.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>The first tags of the elements that reach out farthest.</summary>
    public Task<string> WidestAsync() => Page.EvaluateAsync<string>("""
        () => [...document.querySelectorAll('body *')].map(e => [e.getBoundingClientRect().right, e.cloneNode().outerHTML])
          .sort((a, b) => b[0] - a[0]).slice(0, 4).map(([right, tag]) => `${Math.round(right)}: ${tag}`).join(' | ')
        """);

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        Assert.True(_complaints.IsEmpty, "The browser complains:\n" + string.Join('\n', _complaints.Distinct()));
    }
}
