using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Customers;

public sealed class CustomerPageTests
{
    [Fact]
    public async Task Shows_who_the_customer_is_its_people_and_its_figures()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("acme", "wen");
        var page = await PageAsync(host, "wen", "customers/customer/C-000001");
        Assert.Contains("经销商", page);
        Assert.Contains("浙江杭州西湖 文汇路8号", page);
        Assert.Contains("<dt>信用额度</dt>", page);
        Assert.Contains("¥80,000.00", page);
        Assert.Contains("第 1 天", page);
        Assert.True(page.IndexOf("方静", StringComparison.Ordinal) < page.IndexOf("白伟", StringComparison.Ordinal), "the main contact comes first");
        Assert.DoesNotContain("别家的人", page);
    }

    [Fact]
    public async Task Hides_the_contacts_from_those_who_may_not_see_them()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("acme", "till", "Till", "View_customers.customer");
        var page = await PageAsync(host, "till", "customers/customer/C-000001");
        Assert.Contains("澜桥", page);
        Assert.DoesNotContain("方静", page);
        Assert.DoesNotContain("contact/new", page);
    }

    [Fact]
    public async Task Leads_to_a_form_for_a_contact_of_this_customer_and_to_all_its_contacts()
    {
        await using var host = await StartAsync(more: 10);
        await host.AddUserAsync("acme", "wen");
        var page = await PageAsync(host, "wen", "customers/customer/C-000001");
        var id = await host.InAsync("acme", async services => (await services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["customers.customer"].ListAsync(services.GetRequiredService<CrmDbContext>(), RecordQuery.All with { Search = "澜桥" }, default)).Items[0].Id);
        Assert.Contains($"href=\"/t/acme/customers/contact/new?f.CustomerId={id}\"", page);
        var form = await PageAsync(host, "wen", $"customers/contact/new?f.CustomerId={id}");
        Assert.Contains("澜桥", form);
        var all = await PageAsync(host, "wen", $"customers/contact?filter=CustomerId%3Aeq%3A{id}");
        Assert.Contains($"href=\"/t/acme/customers/contact?filter=CustomerId%3Aeq%3A{id}\"", page);
        Assert.Contains("同事 9", all);
        Assert.DoesNotContain("别家的人", all);
    }

    static async Task<TestHost> StartAsync(int more = 0)
    {
        var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            var ours = await AddAsync(services, "customers.customer", new() { ["Name"] = "澜桥", ["Kind"] = "Dealer", ["Region"] = "330106", ["Address"] = "文汇路8号", ["CreditLimit"] = "80000" });
            var other = await AddAsync(services, "customers.customer", new() { ["Name"] = "屿汀" });
            await AddAsync(services, "customers.contact", new() { ["CustomerId"] = ours, ["Name"] = "白伟" });
            await AddAsync(services, "customers.contact", new() { ["CustomerId"] = ours, ["Name"] = "方静", ["IsMain"] = "true" });
            await AddAsync(services, "customers.contact", new() { ["CustomerId"] = other, ["Name"] = "别家的人" });
            for (var i = 0; i < more; i++) await AddAsync(services, "customers.contact", new() { ["CustomerId"] = ours, ["Name"] = $"同事 {i}" });
        });
        return host;
    }

    static async Task<string> AddAsync(IServiceProvider services, string type, Dictionary<string, string?> values)
    {
        var saved = await services.GetRequiredService<RecordStore>().CreateAsync(services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes[type], values, default);
        Assert.Equal([], saved.Problems);
        return saved.Record!.Id.ToString();
    }

    static async Task<string> PageAsync(TestHost host, string user, string path)
    {
        using var client = await host.ClientAsync("acme", user);
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
