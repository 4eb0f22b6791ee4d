using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers.Demo;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using Contact = TcCrm.Customers.Contact;
using Customer = TcCrm.Customers.Customer;

namespace TcCrm.Tests.Customers;

public sealed class CustomerTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Keeps_every_field_in_its_normal_form(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            var saved = await CreateAsync(services, "customers.customer", new()
            {
                ["Name"] = " 澜桥智能装备有限公司 ",
                ["Kind"] = "dealer",
                ["Region"] = "浙江省杭州市西湖区",
                ["Phone"] = "（0571）0888－9999 转 801",
                ["Email"] = "Lan.Qiao@LANQIAO.example",
                ["CreditCode"] = "９１３５ 0100 m000 100y 43",
                ["IdentityCard"] = "11010519491231002x",
                ["CreditLimit"] = "80000",
                ["Tags"] = "重点，续约",
                ["Language"] = "Cantonese",
                ["Birthday"] = "1949/12/31",
            });
            Assert.Empty(saved.Problems);
        });
        await host.InAsync("acme", async services =>
        {
            var customer = await services.GetRequiredService<CrmDbContext>().Set<Customer>().SingleAsync();
            Assert.Equal("C-000001", customer.Number);
            Assert.Equal("澜桥智能装备有限公司", customer.Name);
            Assert.Equal(TcCrm.Customers.CustomerKind.Dealer, customer.Kind);
            Assert.Equal("330106", customer.Region);
            Assert.Equal("+8657108889999;ext=801", customer.Phone);
            Assert.Equal("Lan.Qiao@lanqiao.example", customer.Email);
            Assert.Equal("91350100M000100Y43", customer.CreditCode);
            Assert.Equal("11010519491231002X", customer.IdentityCard);
            Assert.Equal(Money.Of(80_000, "CNY"), customer.CreditLimit);
            Assert.Equal(["重点", "续约"], customer.Tags);
            Assert.Equal(new DateOnly(1949, 12, 31), customer.Birthday);
        });
    }

    [Fact]
    public async Task Says_all_that_is_wrong_at_once()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            var refused = await CreateAsync(services, "customers.customer", new()
            {
                ["Name"] = "",
                ["Region"] = "亚特兰蒂斯",
                ["Phone"] = "88889999",
                ["Email"] = "lan@",
                ["CreditCode"] = "91350100M000100Y44",
                ["IdentityCard"] = "110105491231002",
            });
            Assert.Equal(SaveOutcome.Invalid, refused.Outcome);
            Assert.Equal(["CreditCode", "Email", "IdentityCard", "Name", "Phone", "Region"], refused.Problems.Select(p => p.Field).Order());
        });
    }

    [Theory]
    [InlineData("Phone,Email", "Sms,Email", true)]
    [InlineData("Phone", "Sms", false)]
    [InlineData("", "", false)]
    public async Task Refuses_a_channel_that_is_preferred_and_forbidden(string preferred, string forbidden, bool isRefused)
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            var customer = await CreateAsync(services, "customers.customer", new() { ["Name"] = "澜桥" });
            var contact = await CreateAsync(services, "customers.contact", new()
            {
                ["CustomerId"] = customer.Record!.Id.ToString(),
                ["Name"] = "方静",
                ["PreferredChannels"] = preferred,
                ["ForbiddenChannels"] = forbidden,
            });
            Assert.Equal(isRefused ? ["ForbiddenChannels"] : [], contact.Problems.Select(p => p.Field));
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Saves_every_invented_customer_and_contact(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            var invented = DemoCustomers.Generate(300).ToList();
            var customers = await SaveManyAsync(services, "customers.customer", invented.Select(i => i.Fields));
            await SaveManyAsync(services, "customers.contact", customers.Zip(invented)
                .SelectMany(pair => pair.Second.Contacts.Select(fields => new Dictionary<string, string?>(fields) { ["CustomerId"] = pair.First.Record!.Id.ToString() })));
            var db = services.GetRequiredService<CrmDbContext>();
            Assert.Equal(300, await db.Set<Customer>().CountAsync());
            Assert.Equal(invented.Sum(i => i.Contacts.Count), await db.Set<Contact>().CountAsync());
        });
    }

    static Task<SaveResult> CreateAsync(IServiceProvider services, string type, Dictionary<string, string?> values) =>
        services.GetRequiredService<RecordStore>().CreateAsync(TypeOf(services, type), values, default);

    static async Task<IReadOnlyList<SaveResult>> SaveManyAsync(IServiceProvider services, string type, IEnumerable<IReadOnlyDictionary<string, string?>> rows)
    {
        var results = await services.GetRequiredService<RecordStore>().SaveManyAsync(TypeOf(services, type), [.. rows.Select(values => new RecordWrite(null, values))], default);
        Assert.All(results, result => Assert.Equal([], result.Problems));
        return results;
    }

    static RecordType TypeOf(IServiceProvider services, string type) => services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes[type];
}
