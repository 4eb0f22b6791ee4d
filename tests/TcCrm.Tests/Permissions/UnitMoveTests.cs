using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Permissions;

/// <summary>Units that are moved, and where they stood before.</summary>
public sealed class UnitMoveTests
{
    static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8)); // tenants of tests keep the time of Shanghai

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_move_is_looked_at_first_and_then_counts_from_its_day(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("clerk", "North 1");
        using var boss = await chain.BrowserAsync("boss");
        var page = $"organisation/unit/{chain.Units["North"]}/move";
        (string, string)[] filled = [("f.ParentId", $"{chain.Units["South"]}"), ("f.ParentId.text", "South"), ("from", Day(-10)), ("reason", "Regions merged")];

        var preview = await boss.SendFormAsync(page, null, filled);
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.Contains("Units below: 2. People who work there: 1.", await preview.TextAsync());
        Assert.Equal("Head office", await AboveAsync(chain, "North"));

        (string, string)[] confirmed = [.. filled, ("confirmed", "true")];
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(page, null, confirmed)).StatusCode);
        Assert.Equal("South", await AboveAsync(chain, "North"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await boss.SendFormAsync(page, null, confirmed)).StatusCode); // clicked twice
        Assert.Equal(["Head office@", $"South@{Day(-10)}"], await PlacingsAsync(chain, "North"));

        var record = await boss.PageAsync($"organisation/unit/{chain.Units["North"]}");
        Assert.Contains("Regions merged", record);
        Assert.Contains($"From {Day(-10)}", record);
        Assert.Equal(["Head office", "South", "North", "North 1", "North 2", "South 1"], Tree(await boss.PageAsync("organisation")));
        Assert.Equal(["Head office", "South", "North", "North 1", "North 2", "South 1"], Tree(await boss.PageAsync($"organisation?on={Day(-10)}")));
        Assert.Equal(["Head office", "North", "North 1", "North 2", "South", "South 1"], Tree(await boss.PageAsync($"organisation?on={Day(-11)}")));
        Assert.Equal(["North", "North 1", "North 2", "South", "South 1"], (await BelowAsync(chain, "South")).Order());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_at_its_field_and_nothing_is_lost_or_changed()
    {
        await using var chain = await Chain.StartAsync();
        using var boss = await chain.BrowserAsync("boss");
        var page = $"organisation/unit/{chain.Units["North"]}/move";
        (string, string)[] good = [("f.ParentId", $"{chain.Units["South"]}"), ("f.ParentId.text", "South"), ("from", Day(0)), ("reason", "Regions merged"), ("confirmed", "true")];
        foreach (var (field, value, said) in new[]
        {
            ("f.ParentId.text", "North 1", "A unit cannot stand below itself"),
            ("f.ParentId.text", "South 1", "This kind of unit cannot stand below that one."),
            ("f.ParentId.text", "Head office", "The unit stands there already."),
            ("f.ParentId.text", "Nowhere", "There is no such record."),
            ("from", Day(1), "A move counts from today"),
            ("from", "soon", "Type a day such as"),
            ("reason", "", "Say why the unit is moved."),
            ("reason", new string('x', 301), "300 characters at most"),
        })
        {
            var answer = await boss.SendFormAsync(page, null, [.. good.Where(g => g.Item1 != field), (field, value)]);
            var text = await answer.TextAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{field} {value}: {answer.StatusCode}");
            Assert.True(text.Contains(said, StringComparison.Ordinal), $"{field} {value}: {said}");
            if (value.Length > 0) Assert.Contains($"value=\"{value}\"", text);
        }
        Assert.Equal(["Head office@"], await PlacingsAsync(chain, "North"));

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(page, null, good)).StatusCode);
        var late = await boss.SendFormAsync(page, null, ("f.ParentId", ""), ("f.ParentId.text", ""), ("from", Day(-1)), ("reason", "Back"), ("confirmed", "true"));
        Assert.Contains($"The unit was moved last on {Day(0)}.", await late.TextAsync());
        var stale = await boss.SendFormAsync(page, null, ("f.ParentId", ""), ("f.ParentId.text", ""), ("from", Day(0)), ("reason", "Back"), ("confirmed", "true"), ("version", "1"));
        Assert.Contains("Somebody else has changed this unit meanwhile.", await stale.TextAsync());
        Assert.Equal("South", await AboveAsync(chain, "North"));
    }

    [Fact]
    public async Task Only_who_may_change_the_unit_moves_it()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        var page = $"organisation/unit/{chain.Units["North"]}/move";
        Assert.Equal(HttpStatusCode.Forbidden, (await (await chain.BrowserAsync("clerk")).GetAsync(page)).StatusCode);
        await chain.GrantAsync("View_organisation.unit");
        await chain.GrantAsync("Edit_organisation.unit");
        await chain.AddRowAsync(new RoleReach { RoleId = chain.Role, RecordType = "organisation.unit", Right = RecordRight.Edit, Kind = ReachKind.Matching, Details = """["Name:eq:North"]""" });
        using var clerk = await chain.BrowserAsync("clerk");
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync(page)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync($"organisation/unit/{chain.Units["South"]}/move")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync($"organisation/unit/{Guid.CreateVersion7()}/move")).StatusCode);
        await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = "organisation.unit", Field = "ParentId", Level = FieldLevel.ReadOnly });
        Assert.Equal(HttpStatusCode.Forbidden, (await (await chain.BrowserAsync("clerk")).GetAsync(page)).StatusCode);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Every_door_leaves_the_history_and_parallel_moves_one_line_each(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        Assert.Equal(SaveOutcome.Saved, await chain.MoveAsync("North 1", "South"));
        Assert.Equal(["North@", $"South@{Day(0)}"], await PlacingsAsync(chain, "North 1"));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => chain.Host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            var version = await db.Set<Unit>().Where(u => u.Id == chain.Units["North 2"]).Select(u => u.Version).SingleAsync();
            return (await services.GetRequiredService<UnitMoves>().MoveAsync(db.Snapshot.RecordTypes["organisation.unit"], new(chain.Units["North 2"], version, chain.Units["South"], Today, $"Mover {i}"), default)).Outcome;
        }))));
        Assert.Single(results, SaveOutcome.Saved);
        Assert.Equal(["North@", $"South@{Day(0)}"], await PlacingsAsync(chain, "North 2"));

        await chain.Host.InAsync("acme", async services => await services.GetRequiredService<RecordStore>().DeleteAsync(services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["organisation.unit"], chain.Units["North 2"], null, default) is { Outcome: SaveOutcome.Saved } ? true : throw new InvalidOperationException("not deleted"));
        Assert.Equal(2, (await chain.Host.InAsync("acme", services => services.GetRequiredService<UnitMoves>().OfAsync(chain.Units["North 2"], default))).Count);
    }

    static string Day(int later) => Today.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static IReadOnlyList<string> Tree(string page) => Browsing.Find(page, """org-n"><svg[^>]*><use[^>]*></use></svg>(?:<span class="b6">|<a[^>]*>)([^<]+)<""");

    static async Task<string> AboveAsync(Chain chain, string unit) => (await UnitsAsync(chain)) is var units && units[unit].ParentId is { } above ? units.Values.Single(u => u.Id == above).Name : "";

    static async Task<string[]> BelowAsync(Chain chain, string unit)
    {
        var below = await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<UnitBelow>().Where(b => b.AncestorId == chain.Units[unit]).Select(b => b.UnitId).ToListAsync());
        return [.. (await UnitsAsync(chain)).Values.Where(u => below.Contains(u.Id)).Select(u => u.Name)];
    }

    static async Task<string[]> PlacingsAsync(Chain chain, string unit)
    {
        var names = (await UnitsAsync(chain)).Values.ToDictionary(u => u.Id, u => u.Name);
        var placings = await chain.Host.InAsync("acme", services => services.GetRequiredService<UnitMoves>().OfAsync(chain.Units[unit], default));
        return [.. placings.Select(p => $"{(p.ParentId is { } above ? names[above] : "")}@{p.From:yyyy-MM-dd}").Reverse()];
    }

    static Task<Dictionary<string, Unit>> UnitsAsync(Chain chain) => chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<Unit>().AsNoTracking().ToDictionaryAsync(u => u.Name));
}
