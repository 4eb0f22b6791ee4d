using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Privacy.Retention;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Privacy;

public sealed class RetentionTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Records_whose_time_is_over_go_and_held_or_younger_ones_stay(string engine)
    {
        await using var host = await TestHost.StartAsync(engine, ["Sample.Fixture"]);
        await host.CreateTenantAsync("acme", "TcCrm.Customers", "Sample.Fixture");
        var ids = await AddAsync(host, "Old", "Held", "Pointed to", "Company", "Young");
        await host.InAsync("acme", async services =>
        {
            var db = Db(services);
            (await db.Set<Customer>().SingleAsync(c => c.Name == "Company")).Kind = CustomerKind.Company;
            db.Add(new LegalHold { RecordType = "customers.customer", RecordId = ids["Held"], Reason = "Lawsuit" });
            db.Add(new Sample.Fixture.Widget { Name = "Box", CustomerId = ids["Pointed to"] });
            await db.SaveChangesAsync();
            await AgeAsync(services, "Young");
        });
        var delete = Rule(RetentionAction.Delete);
        Assert.Equal(new RetentionPreview(1, 1), await host.InAsync("acme", services => services.GetRequiredService<ApplyRetention>().PreviewAsync(delete, default)));
        Assert.Equal(["Company", "Held", "Old", "Pointed to", "Young"], await NamesAsync(host));

        Assert.Equal(1, await host.InAsync("acme", services => services.GetRequiredService<ApplyRetention>().ExecuteAsync(delete, default)));
        Assert.Equal(["Company", "Held", "Pointed to", "Young"], await NamesAsync(host));
        var erase = Rule(RetentionAction.Erase);
        Assert.Equal(1, await host.InAsync("acme", services => services.GetRequiredService<ApplyRetention>().ExecuteAsync(erase, default)));
        Assert.Equal(["Company", "Held", "Young", "已删除的人员"], await NamesAsync(host));
        await host.InAsync("acme", services => AgeAsync(services, "Young"));
        Assert.Equal(0, await host.InAsync("acme", services => services.GetRequiredService<ApplyRetention>().ExecuteAsync(erase, default)));
        Assert.Equal(2, await host.InAsync("acme", services => Db(services).Set<AuditEntry>().CountAsync(a => a.Action == "RetentionApplied")));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Fields_are_emptied_with_their_history_once(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await AddAsync(host, "Old");
        await host.InAsync("acme", async services =>
        {
            var customer = await Db(services).Set<Customer>().SingleAsync();
            (customer.Birthday, customer.Tags, customer.Remark) = (new(1980, 2, 3), ["golf"], "likes golf");
            await Db(services).SaveChangesAsync();
            await AgeAsync(services, "");
        });
        var rule = Rule(RetentionAction.EmptyFields);
        rule.Fields = ["Birthday", "Tags", "Remark"];

        Assert.Equal(1, await host.InAsync("acme", services => services.GetRequiredService<ApplyRetention>().ExecuteAsync(rule, default)));
        await host.InAsync("acme", services => AgeAsync(services, ""));
        Assert.Equal(0, await host.InAsync("acme", services => services.GetRequiredService<ApplyRetention>().ExecuteAsync(rule, default)));
        await host.InAsync("acme", async services =>
        {
            var left = await Db(services).Set<Customer>().SingleAsync();
            Assert.Equal(("Old", null, 0, ""), (left.Name, left.Birthday, left.Tags.Count, left.Remark));
            Assert.False(await Db(services).Set<MultiValue>().AnyAsync());
            Assert.DoesNotContain(await Db(services).Set<AuditEntry>().Select(a => a.Details).ToListAsync(), d => d.Contains("golf", StringComparison.Ordinal));
        });
    }

    static RetentionRule Rule(RetentionAction action) => new() { Name = "One year", RecordType = "customers.customer", Filters = """["Kind:eq:Person"]""", Days = 365, Action = action, IsEnabled = true };

    static Task<Dictionary<string, Guid>> AddAsync(TestHost host, params string[] names) => host.InAsync("acme", async services =>
    {
        var db = Db(services);
        db.AddRange(names.Select(n => new Customer { Name = n, Kind = CustomerKind.Person }));
        await db.SaveChangesAsync();
        return await db.Set<Customer>().ToDictionaryAsync(c => c.Name, c => c.Id);
    });

    /// <summary>All but one were changed two years ago for the last time.</summary>
    static Task<int> AgeAsync(IServiceProvider services, string young)
    {
        var then = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.AddDays(-730);
        return Db(services).WriteAsync(() => Db(services).Set<Customer>().Where(c => c.Name != young).ExecuteUpdateAsync(s => s.SetProperty(c => c.ModifiedAt, then)), default);
    }

    static Task<List<string>> NamesAsync(TestHost host) => host.InAsync("acme", async services => (await Db(services).Set<Customer>().Select(c => c.Name).ToListAsync()).Order(StringComparer.Ordinal).ToList());

    static CrmDbContext Db(IServiceProvider services) => services.GetRequiredService<CrmDbContext>();
}
