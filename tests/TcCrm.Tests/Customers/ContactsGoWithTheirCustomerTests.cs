using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Tests.Api;

namespace TcCrm.Tests.Customers;

public sealed class ContactsGoWithTheirCustomerTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Deleted_by_the_api_and_restored_from_the_bin_all_but_what_was_deleted_before(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "boss");
        using var client = await host.ApiClientAsync("acme", "boss");
        var api = new ApiCaller(client);
        var customer = await AddAsync(api, "customers.customer", new() { ["name"] = "云杉" });
        var other = await AddAsync(api, "customers.customer", new() { ["name"] = "白桦" });
        var contacts = new List<string>();
        foreach (var (name, at) in new[] { ("甲", customer), ("乙", customer), ("丙", customer), ("丁", other) }) contacts.Add(await AddAsync(api, "customers.contact", new() { ["name"] = name, ["customerId"] = at }));
        await api.SendAsync(HttpMethod.Delete, $"customers.contact/{contacts[2]}");

        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, $"customers.customer/{customer}")).Status);
        Assert.Equal(["丁"], await LiveAsync(host));
        Assert.Equal(3, await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<AuditEntry>().CountAsync(a => a.RecordType == "customers.contact" && a.Action == "Deleted")));

        var alone = await RestoreAsync(host, "customers.contact", contacts[0]);
        Assert.Equal("CustomerId", Assert.Single(alone).Field);
        Assert.Empty(await RestoreAsync(host, "customers.customer", customer));
        Assert.Equal(["丁", "乙", "甲"], await LiveAsync(host));
        Assert.Empty(await RestoreAsync(host, "customers.contact", contacts[2]));
        Assert.Equal(["丁", "丙", "乙", "甲"], await LiveAsync(host));
    }

    [Fact]
    public async Task Deleted_in_bulk_through_the_api_and_through_the_list()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "boss");
        using var client = await host.ApiClientAsync("acme", "boss");
        var api = new ApiCaller(client);
        var customers = new List<string>();
        foreach (var name in new[] { "甲", "乙" })
        {
            customers.Add(await AddAsync(api, "customers.customer", new() { ["name"] = name }));
            await AddAsync(api, "customers.contact", new() { ["name"] = name + "的人", ["customerId"] = customers[^1] });
        }
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync("customers.customer/bulk", new() { ["mode"] = "all", ["items"] = new JsonArray(new JsonObject { ["id"] = customers[0], ["delete"] = true }) })).Status);
        Assert.Equal(["乙的人"], await LiveAsync(host));
        await host.InAsync("acme", s => s.GetRequiredService<RecordBin>().DeleteAsync(TypeOf(s, "customers.customer"), [Guid.Parse(customers[1])], default));
        Assert.Empty(await LiveAsync(host));
    }

    static async Task<string> AddAsync(ApiCaller api, string type, JsonObject values)
    {
        var made = await api.PostAsync(type, values);
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        return made.Body!["id"]!.GetValue<string>();
    }

    static Task<IReadOnlyList<RecordProblem>> RestoreAsync(TestHost host, string type, string id) =>
        host.InAsync("acme", s => s.GetRequiredService<RecordBin>().RestoreAsync(TypeOf(s, type), [Guid.Parse(id)], default));

    static RecordType TypeOf(IServiceProvider services, string name) => services.GetRequiredService<TenantContext>().Snapshot.RecordTypes[name];

    static async Task<string[]> LiveAsync(TestHost host) =>
        [.. (await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<Contact>().Where(c => c.DeletedAt == null).Select(c => c.Name).ToListAsync())).Order(StringComparer.Ordinal)];
}
