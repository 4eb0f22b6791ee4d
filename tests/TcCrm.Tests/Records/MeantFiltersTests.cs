using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Tests.Definitions;
using TcCrm.Tests.Permissions;

namespace TcCrm.Tests.Records;

/// <summary>Filters that mean something else for each reader, or each day.</summary>
public sealed class MeantFiltersTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Days_are_those_of_the_company_and_me_is_who_reads(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme", "TcCrm.Customers");
        var bob = await host.AddUserAsync("acme", "bob");
        await MadeSamples.DefineAsync(host, "acme");
        await host.InAsync("acme", async services =>
        {
            var (db, today) = (services.GetRequiredService<CrmDbContext>(), services.GetRequiredService<Access>().Today);
            var (store, type) = (services.GetRequiredService<RecordStore>(), db.Snapshot.RecordTypes[MadeSamples.Lead]);
            // The company's day begins when it is still the day before in UTC.
            foreach (var (name, seller, due, called) in new[] { ("Now", bob.ToString(), today, $"{today:yyyy-MM-dd}T00:10"), ("Other", "", today.AddDays(-1), ""), ("Past", bob.ToString(), today.AddDays(-40), $"{today.AddDays(-1):yyyy-MM-dd}T23:50") })
                Assert.Equal(SaveOutcome.Saved, (await store.CreateAsync(type, new Dictionary<string, string?> { ["Company"] = name, ["Seller"] = seller, ["Due"] = $"{due:yyyy-MM-dd}", ["Called"] = called }, default)).Outcome);
        });
        foreach (var (filter, expected) in new[]
        {
            ("Due:within:today", "Now"), ("Due:within:last-7-days", "Now Other"), ("Due:lt:today", "Other Past"), ("Due:within:yesterday", "Other"), ("Called:within:today", "Now"), ("Called:within:yesterday", "Past"), ("Called:ge:today", "Now"), ("Called:le:today", "Now Past"), ("Called:gt:today", ""), ("Called:lt:today", "Past"), ("Called:eq:today", "Now"), ("Called:ne:today", "Other Past"),
            ("Seller:eq:me", "Now Past"), ("any(Seller:eq:me|Due:within:yesterday)", "Now Other Past"), ("any(all(Seller:eq:me\\|Company:eq:Past)|Company:eq:Other)", "Other Past"),
        })
            Assert.Equal(expected, await NamesAsync(host, "bob", MadeSamples.Lead, "company", filter));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task My_unit_and_below_are_those_where_the_reader_works(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("nora", "North");
        Assert.Equal("North North 1 North 2", await NamesAsync(chain.Host, "nora", "customers.customer", "name", "UnitId:within:mine"));
        Assert.Equal("", await NamesAsync(chain.Host, "boss", "customers.customer", "name", "UnitId:within:mine"));
    }

    static async Task<string> NamesAsync(TestHost host, string user, string type, string title, string filter)
    {
        using var client = await host.ApiClientAsync("acme", user);
        using var answer = JsonDocument.Parse(await client.GetStringAsync($"api/v1/{type}?sort={title}&filter=" + Uri.EscapeDataString(filter)));
        return string.Join(' ', answer.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty(title).GetString()));
    }
}
