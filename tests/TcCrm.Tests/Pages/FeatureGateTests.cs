using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Pages;

/// <summary>A feature that is off is closed at every door, and everything behind them is still there when it is switched on.</summary>
public sealed class FeatureGateTests
{
    [Fact]
    public async Task Opens_and_closes_every_kind_of_door()
    {
        await using var host = await PagesHost.StartAsync();
        var id = await host.AddAsync("customers.customer", ("Name", "Firm"));
        using var browser = await host.BrowserOfAsync("admin");
        await AssertDoorsAsync(host, browser, id, open: false);

        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("features", "features?handler=Enable", ("id", PagesHost.Fixture))).StatusCode);
        await AssertDoorsAsync(host, browser, id, open: true);
        await host.AddAsync("fixture.widget", ("Name", "Kept"));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("features", "features?handler=Disable", ("id", PagesHost.Fixture))).StatusCode);
        await AssertDoorsAsync(host, browser, id, open: false);

        await browser.SendFormAsync("features", "features?handler=Enable", ("id", PagesHost.Fixture));
        Assert.Equal("Kept", await host.InAsync(async services =>
        {
            var type = services.GetRequiredService<TenantContext>().Snapshot.RecordTypes["fixture.widget"];
            return type.TitleOf((await type.ListAsync(services.GetRequiredService<CrmDbContext>(), RecordQuery.All, default)).Items.Single());
        }));
    }

    [Fact]
    public async Task Pulls_in_what_a_feature_needs_and_keeps_what_others_need()
    {
        await using var host = await PagesHost.StartAsync(PagesHost.Fixture);
        using var browser = await host.BrowserOfAsync("admin");
        var page = await browser.PageAsync("features");
        Assert.Contains("Needed by: Fixture", page);
        Assert.Contains("cannot be switched off yet", page);
        await browser.SendFormAsync("features", "features?handler=Disable", ("id", "TcCrm.Customers"));
        Assert.Contains("Other features need it.", await browser.PageAsync("features"));
        await browser.SendFormAsync("features", "features?handler=Disable", ("id", PagesHost.Fixture));
        await browser.SendFormAsync("features", "features?handler=Disable", ("id", "TcCrm.Customers"));
        Assert.Contains("Also switches on: Customers", await browser.PageAsync("features"));
        await browser.SendFormAsync("features", "features?handler=Enable", ("id", PagesHost.Fixture));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("customers/customer")).StatusCode);
        var audited = await host.InAsync(services => services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().Where(a => a.Action.StartsWith("Features")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
        Assert.Equal(["FeaturesDisabled", "FeaturesDisabled", "FeaturesEnabled"], audited);
    }

    [Fact]
    public async Task Is_for_those_who_may_switch_features()
    {
        await using var host = await PagesHost.StartAsync();
        using var staff = await host.BrowserOfAsync("staff");
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.GetAsync("features")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.SendFormAsync("customers/customer/new", "features?handler=Enable", ("id", PagesHost.Fixture))).StatusCode);
    }

    [Fact]
    public async Task Finds_features_by_name_and_purpose()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        var found = await browser.PageAsync("features?q=one+of+everything");
        Assert.Contains("feature-sample-fixture", found);
        Assert.DoesNotContain("id=\"feature-tccrm-customers\"", found);
        Assert.Contains("Nothing matches", await browser.PageAsync("features?q=unheard+of"));
    }

    static async Task AssertDoorsAsync(PagesHost host, HttpClient browser, Guid customer, bool open)
    {
        var status = open ? HttpStatusCode.OK : HttpStatusCode.NotFound;
        Assert.Equal(status, (await browser.GetAsync("fixture/hello")).StatusCode);
        Assert.Equal(status, (await browser.GetAsync("fixture/ping")).StatusCode);
        Assert.Equal(status, (await browser.GetAsync("fixture/widget/new")).StatusCode);
        Assert.Equal(open, (await browser.PageAsync("")).Contains("Widgets menu", StringComparison.Ordinal));
        Assert.Equal(open, (await browser.PageAsync($"customers/customer/{customer}")).Contains("data-slot", StringComparison.Ordinal));
        Assert.Equal(open, await host.InAsync(services => Task.FromResult(services.GetRequiredService<TenantContext>().Snapshot.RecordTypes.ContainsKey("fixture.widget"))));
        Assert.Equal(open, await host.InAsync(services => Task.FromResult(services.GetRequiredService<PermissionList>().All.Any(p => p.Name is "SeeSecrets"))));
        Assert.Equal(open, await host.InAsync(services => Task.FromResult(services.GetRequiredService<PermissionList>().All.Any(p => p.Name is "View_fixture.widget"))));
        Assert.Equal(open, await HasAsync<IPeriodicJob>(host));
        Assert.Equal(open, await HasAsync<IReaction>(host));
        Assert.Equal(open, await HasAsync<IRecipeStep>(host));
        Assert.Equal(open, await HasAsync<IRecordRule>(host));
    }

    static Task<bool> HasAsync<T>(PagesHost host) where T : class, IContribution =>
        host.InAsync(services => Task.FromResult(services.GetRequiredService<ITenantCatalogue>().Of<T>().Any(c => c.GetType().Assembly.GetName().Name == PagesHost.Fixture)));
}
