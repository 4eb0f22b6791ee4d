using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Modules;

/// <summary>A feature that is off does not exist, whatever the door: each door is tried in a tenant with the feature and in one without.</summary>
public sealed class FeatureGateTests
{
    const string Blank = "TcCrm.StaffTheme";

    [Fact]
    public async Task Pages_endpoints_and_the_API_answer_only_where_the_feature_is_on()
    {
        await using var host = await WithTenantsAsync();
        foreach (var (tenant, expected) in new[] { ("on", HttpStatusCode.OK), ("off", HttpStatusCode.NotFound) })
        {
            var browser = await host.ClientAsync(tenant, "admin");
            Assert.Equal(expected, (await browser.GetAsync("customers/customer")).StatusCode);
            Assert.Equal(expected, (await browser.GetAsync("customers/customer/new")).StatusCode);
            Assert.Equal(expected, (await browser.GetAsync("test")).StatusCode);
            var program = await host.ApiClientAsync(tenant, "admin");
            Assert.Equal(expected, (await program.GetAsync("api/v1/customers.customer")).StatusCode);
            Assert.Equal(expected == HttpStatusCode.OK, (await program.GetStringAsync("api/v1/openapi.json")).Contains("customers.customer", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Menu_permissions_slots_and_record_types_are_there_only_where_the_feature_is_on()
    {
        await using var host = await WithTenantsAsync();
        foreach (var (tenant, isOn) in new[] { ("on", true), ("off", false) })
        {
            await host.InAsync(tenant, services =>
            {
                var catalogue = services.GetRequiredService<ITenantCatalogue>();
                Assert.Equal(isOn, catalogue.Of<MenuItem>().Any(m => m.Label == "Test entry"));
                Assert.Equal(isOn, catalogue.Of<Slot>().Any(s => s.Title == "Test panel"));
                Assert.Equal(isOn, services.GetRequiredService<PermissionList>().All.Any(p => p.Name == "TestPermission"));
                Assert.Equal(isOn, services.GetRequiredService<PermissionList>().All.Any(p => p.Name == "View_customers.customer"));
                Assert.Equal(isOn, services.GetRequiredService<TenantContext>().Snapshot.RecordTypes.ContainsKey("customers.customer"));
                return Task.CompletedTask;
            });
            var home = await (await host.ClientAsync(tenant, "admin")).GetStringAsync("");
            Assert.Equal(isOn, home.Contains("/customers/customer", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Rules_and_reactions_run_only_where_the_feature_is_on()
    {
        await using var host = await WithTenantsAsync();
        await host.CreateTenantAsync("half", "TcCrm.Customers");
        foreach (var (tenant, isOn) in new[] { ("on", true), ("half", false) })
        {
            Assert.Equal(isOn ? SaveOutcome.Invalid : SaveOutcome.Saved, await CreateAsync(host, tenant, "refused by a rule"));
            Assert.Equal(SaveOutcome.Saved, await CreateAsync(host, tenant, "taken"));
            await host.Services.GetRequiredService<Dispatcher>().DrainAsync(tenant, default);
        }
        await WaitForAsync(() => TestReaction.Seen.Any(s => s.Tenant == "on"));
        Assert.DoesNotContain(TestReaction.Seen, s => s.Tenant == "half");
    }

    [Fact]
    public async Task A_startup_that_requires_other_features_counts_only_with_all_of_them()
    {
        await using var host = await TestHost.StartAsync(modules: ["TcCrm.Tests"]);
        await host.CreateTenantAsync("both", TestModule.Extra, "TcCrm.Customers");
        await host.CreateTenantAsync("alone", TestModule.Extra);
        await host.InAsync("both", services => Task.FromResult(Assert.Single(services.GetRequiredService<PermissionList>().All, p => p.Name == "ExtraPermission")));
        await host.InAsync("alone", services =>
        {
            Assert.DoesNotContain(services.GetRequiredService<PermissionList>().All, p => p.Name == "ExtraPermission");
            Assert.Contains(services.GetRequiredService<PermissionList>().All, p => p.Name == "TestPermission"); // pulled in
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Switching_a_feature_off_and_on_again_loses_no_data()
    {
        await using var host = await WithTenantsAsync();
        await CreateAsync(host, "on", "stays");
        foreach (var wanted in new[] { false, true })
        {
            await host.InAsync("on", services => wanted ? services.GetRequiredService<FeatureSwitch>().EnableAsync("TcCrm.Customers", default) : services.GetRequiredService<FeatureSwitch>().DisableAsync("TcCrm.Customers", default));
            Assert.Equal(wanted ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await (await host.ClientAsync("on", "admin")).GetAsync("customers/customer")).StatusCode);
        }
        await host.InAsync("on", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            Assert.Single((await db.Snapshot.RecordTypes["customers.customer"].ListAsync(db, RecordQuery.All with { Search = "stays" }, default)).Items);
        });
    }

    static async Task<TestHost> WithTenantsAsync()
    {
        var host = await TestHost.StartAsync(modules: ["TcCrm.Tests"]);
        await host.CreateTenantAsync("on", TestModule.Id, "TcCrm.Customers");
        await host.CreateTenantAsync("off", Blank);
        foreach (var tenant in new[] { "on", "off" }) await host.AddUserAsync(tenant, "admin");
        return host;
    }

    static Task<SaveOutcome> CreateAsync(TestHost host, string tenant, string name) => host.InAsync(tenant, async services =>
    {
        var type = services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["customers.customer"];
        return (await services.GetRequiredService<RecordStore>().CreateAsync(type, new Dictionary<string, string?> { ["Name"] = name }, default)).Outcome;
    });

    static async Task WaitForAsync(Func<bool> condition)
    {
        for (var i = 0; i < 200 && !condition(); i++) await Task.Delay(50);
        Assert.True(condition());
    }
}
