using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Tenants;

public sealed class IdleTenantsTests
{
    [Fact]
    public async Task A_tenant_without_visitors_is_forgotten_and_read_again_by_the_next()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "admin");
        var browser = await host.ClientAsync("acme", "admin");
        var idle = host.Services.GetServices<IHostedService>().OfType<IdleTenants>().Single();

        var before = await CurrentAsync(host);
        idle.Close(TimeSpan.FromMinutes(5));
        Assert.Same(before, await CurrentAsync(host));
        idle.Close(TimeSpan.Zero);
        Assert.NotSame(before, await CurrentAsync(host));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync("customers/customer")).StatusCode); // signed in as before: the ring of keys is the same
    }

    [Fact]
    public async Task A_page_of_tenants_begins_behind_a_name_even_one_that_is_gone()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("default");
        await host.AddUserAsync("default", "admin");
        var registry = host.Services.GetRequiredService<TenantRegistry>();
        await host.Services.GetRequiredService<HostDatabase>().ExecuteAsync(
            $"INSERT INTO tenant (name, engine, state, title, created_at, version) VALUES {string.Join(", ", Enumerable.Range(1, 120).Select(i => $"('c-{i:000}', 'sqlite', '{(i == 60 ? "Disabled" : "Running")}', 'Company {i}', '2026-01-01T00:00:00Z', 1)"))}", [], default);
        await registry.LoadAsync(default);
        var root = host.CreateClient(new() { HandleCookies = false });
        root.DefaultRequestHeaders.Add("Cookie", await host.CookieAsync("default", "admin"));

        Assert.Equal(["default", .. Names(1, 49)], await ListedAsync(root, ""));
        Assert.Equal(Names(50, 99), await ListedAsync(root, "?after=c-049"));
        Assert.Equal(Names(100, 120), await ListedAsync(root, "?after=c-099"));
        Assert.Equal(Names(50, 99), await ListedAsync(root, "?after=c-049-gone"));
        Assert.Equal(["c-060"], await ListedAsync(root, "?state=suspended"));
        Assert.Equal(["c-100"], await ListedAsync(root, "?q=company+100"));
        var middle = await root.GetStringAsync("/host/tenants?after=c-049");
        Assert.Contains("after=&amp;", middle, StringComparison.Ordinal);
        Assert.Contains("after=c-099&amp;", middle, StringComparison.Ordinal);
        Assert.Contains("after=c-049&amp;", await root.GetStringAsync("/host/tenants?after=c-099"), StringComparison.Ordinal);
    }

    static IEnumerable<string> Names(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => $"c-{i:000}");

    static async Task<IEnumerable<string>> ListedAsync(HttpClient root, string query) =>
        System.Text.RegularExpressions.Regex.Matches(await root.GetStringAsync("/host/tenants" + query), "href=\"/host/tenants/([a-z0-9-]+)\"").Select(m => m.Groups[1].Value).Where(n => n is not ("new" or "restore")).Distinct();

    static Task<TenantSnapshot> CurrentAsync(TestHost host) => host.InAsync("acme", services => Task.FromResult(services.GetRequiredService<TenantContext>().Snapshot));
}
