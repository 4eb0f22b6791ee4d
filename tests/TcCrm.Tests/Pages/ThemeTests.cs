using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Pages;

public sealed class ThemeTests
{
    [Fact]
    public async Task The_theme_of_a_tenant_outbids_views_of_modules_and_platform_and_no_other_tenants()
    {
        await using var host = await TestHost.StartAsync(modules: ["Sample.Fixture", "Sample.Theme"]);
        foreach (var tenant in new[] { "plain", "themed" })
        {
            await host.CreateTenantAsync(tenant, "Sample.Fixture", "Sample.Theme");
            await host.AddUserAsync(tenant, "boss");
        }
        await host.InAsync("themed", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            db.Add(new SettingRow { Key = "Theme", Json = "\"Sample.Theme\"" });
            await db.SaveChangesAsync();
        });
        await host.Services.GetRequiredService<TenantRegistry>().TouchAsync("themed", default);

        Assert.Contains("id=\"themed-status\"", await NowhereAsync(host, "themed"), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"themed-status\"", await NowhereAsync(host, "plain"), StringComparison.Ordinal);
        Assert.Contains("id=\"themed-header\"", await CustomerAsync(host, "themed"), StringComparison.Ordinal);
        Assert.Contains("data-own-header", await CustomerAsync(host, "plain"), StringComparison.Ordinal);
    }

    static async Task<string> NowhereAsync(TestHost host, string tenant)
    {
        using var client = await host.ClientAsync(tenant, "boss");
        return await (await client.GetAsync("no/such/page")).Content.ReadAsStringAsync();
    }

    static async Task<string> CustomerAsync(TestHost host, string tenant)
    {
        using var api = await host.ApiClientAsync(tenant, "boss");
        var made = await new Api.ApiCaller(api).PostAsync("customers.customer", new() { ["name"] = "云杉" });
        using var client = await host.ClientAsync(tenant, "boss");
        return await client.GetStringAsync($"customers/customer/{made.Body!["id"]}");
    }
}
