using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Privacy;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Privacy;

public sealed class SamePersonTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_number_has_one_form_however_it_is_typed_so_the_same_person_is_found(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            string[] phones = ["13957182649", "+86 139 5718 2649", "139-5718-2649", "１３９５７１８２６４９", "008613957182649", "(+86)13957182649"];
            var first = await AddAsync(services, "Phone", phones[0]);
            foreach (var typed in phones.Skip(1)) await AddAsync(services, "Phone", typed);
            var card = await AddAsync(services, "IdentityCard", "11010519491231002X");
            await AddAsync(services, "IdentityCard", " 110105-19491231-002x ");
            await AddAsync(services, "IdentityCard", "１１０１０５１９４９１２３１００２Ｘ");
            await AddAsync(services, "Phone", "13957182640");
            Assert.Equal(phones.Length - 1, (await services.GetRequiredService<SamePeople>().FindAsync(new("customers.customer", first), default)).Count);
            Assert.Equal(2, (await services.GetRequiredService<SamePeople>().FindAsync(new("customers.customer", card), default)).Count);
            foreach (var (words, count) in phones.Select(p => (p, phones.Length)).Append(("2649", phones.Length)).Append(("002X", 3)).Append(("002x", 3)).Append(("110105194912310020", 0)).Append(("110105 19491231 002X", 3)))
                Assert.True(count == await FoundAsync(services, words), words);
        });
    }

    static async Task<Guid> AddAsync(IServiceProvider services, string field, string value)
    {
        var saved = await services.GetRequiredService<RecordStore>().CreateAsync(Customers(services), new Dictionary<string, string?> { ["Name"] = "Somebody", [field] = value }, default);
        Assert.True(saved.Outcome == SaveOutcome.Saved, value);
        return saved.Record!.Id;
    }

    static async Task<int> FoundAsync(IServiceProvider services, string words) =>
        (await Customers(services).ListAsync(services.GetRequiredService<CrmDbContext>(), RecordQuery.All with { Search = words }, default)).Items.Count;

    static RecordType Customers(IServiceProvider services) => services.GetRequiredService<TenantContext>().Snapshot.RecordTypes["customers.customer"];
}
