using System.Text.Json.Nodes;
using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>What does it cost that a tenant has made a type itself, instead of a module?</summary>
sealed class MadeFields : Figure
{
    const double MostRatio = 2;

    static readonly ListCase[] Cases =
    [
        new("newest first", ""),
        new("filter that matches 25", $"filter=Source:eq:{CustomerRows.FewSource}"),
        new("filter that matches 1 %", "filter=CreditLimit:ge:980000"),
        new("filter that matches 1 %, sorted by name", "filter=CreditLimit:ge:980000&sort=Name"),
        new("filter of a choice that matches half, sorted by name", "filter=Language:eq:English&sort=Name"),
        new("sorted by a text", "sort=Name"),
        new("sorted by a number", "sort=CreditLimit"),
        new("sorted by a number, falling, next page", "sort=-CreditLimit", Follow: 1),
        new("sorted by a day, falling, next page", "sort=-Birthday", Follow: 1),
    ];

    public override string Name => "made";
    public override string Title => "REST list of a type that a tenant has made, against a module's";

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        ListDoor[] doors = [new(await MadeCustomers.PrepareAsync(options.Rows), IsPage: false, MadeCustomers.Type), new((await CustomerTenants.PrepareAsync(options.Rows))[0], IsPage: false)];
        await using var server = ServerProcess.StartProduct(options, CustomerTenants.DataPath);
        await using var load = new LoadGenerator();
        using var client = LoadLoop.Client();
        await server.AnswersAsync(client, "health/live");
        foreach (var door in doors) await Comparison.SettleAsync(load, new(door.Visitor.Tenant, server, [door.Start], door.Header, door.HeaderValue));
        var rows = new List<IReadOnlyList<string>>();
        foreach (var list in Cases)
        {
            rows.Add(Row(list, await CompareAsync(server, load, client, options, doors, list)));
            Console.WriteLine("  " + string.Join(" | ", rows[^1]));
        }
        return new(Name, Title, [$"SQLite, {options.Rows:N0} records with the same values; pages of 25 with the same JSON; {options.Requests:N0} requests a round, {options.Rounds} rounds; milliseconds of CPU per request"],
            ["case", "made by a tenant", "of a module", "ratio", "goal", "met"], rows);
    }

    static async Task<IReadOnlyList<Spread>> CompareAsync(ServerProcess server, LoadGenerator load, HttpClient client, BenchOptions options, ListDoor[] doors, ListCase list)
    {
        var (sides, pages) = (new List<Side>(), new List<JsonNode>());
        foreach (var door in doors)
        {
            sides.Add(new(door.Visitor.Tenant, server, [await door.UrlAsync(list, options.Rows, server, client)], door.Header, door.HeaderValue));
            pages.Add(Items(await client.TextAsync(new(server.Address, sides[^1].Urls[0]), door.Header, door.HeaderValue)));
        }
        if (!JsonNode.DeepEquals(pages[0], pages[1])) throw new InvalidOperationException($"The pages have other records: {list.Title}.");
        return await Comparison.RunAsync(load, options, sides);
    }

    /// <summary>A choice that is not made is null in a module's type and empty in the other.</summary>
    static JsonNode Items(string page) => JsonNode.Parse(page.Replace(":\"\"", ":null", StringComparison.Ordinal))!["items"]!;

    static string[] Row(ListCase list, IReadOnlyList<Spread> measured)
    {
        var ratio = measured[0].Median / measured[1].Median;
        return [list.Title, measured[0].ToString(), measured[1].ToString(), FormattableString.Invariant($"{ratio:0.00}"), FormattableString.Invariant($"<= {MostRatio} x"), FigureTable.Verdict(ratio <= MostRatio)];
    }
}
