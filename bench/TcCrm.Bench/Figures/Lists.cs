using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>Does a list cost more when there are more customers?</summary>
class Lists : Figure
{
    public override string Name => "lists";
    public override string Title => "List page and REST list of 25 rows, few customers against many";
    protected virtual bool[] IsPage => [true, false];

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        var visitors = await CustomerTenants.PrepareAsync(BenchOptions.SmallRows, options.Rows);
        await using var server = ServerProcess.StartProduct(options, CustomerTenants.DataPath);
        return await MeasureAsync(options, "SQLite", server, visitors);
    }

    protected async Task<FigureTable> MeasureAsync(BenchOptions options, string engine, ServerProcess server, Visitor[] visitors)
    {
        await using var load = new LoadGenerator();
        using var client = LoadLoop.Client();
        await server.AnswersAsync(client, "health/live");
        for (var i = 0; i < visitors.Length; i++) visitors[i] = await visitors[i].WithFormCookieAsync(server, client);
        await WarmAsync(server, load, visitors[0]);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var isPage in IsPage)
            foreach (var list in ListCase.All)
            {
                var (few, many) = await CompareAsync(server, load, client, options, visitors, list, isPage);
                rows.Add(Row(list, isPage, few, many));
                Console.WriteLine("  " + string.Join(" | ", rows[^1]));
            }
        return new(Name, Title, [$"{engine}; {options.Requests:N0} requests a round, {options.Rounds} rounds, a fifth of them from the second filter of half on but for the search that finds nothing; milliseconds of CPU per request"],
            ["case", $"{BenchOptions.SmallRows:N0} rows", $"{options.Rows:N0} rows", "ratio", "goal", "met"], rows);
    }

    static async Task WarmAsync(ServerProcess server, LoadGenerator load, Visitor visitor)
    {
        foreach (var door in new[] { new ListDoor(visitor, IsPage: true), new ListDoor(visitor, IsPage: false) })
            await Comparison.SettleAsync(load, new(visitor.Tenant, server, [door.Start], door.Header, door.HeaderValue));
    }

    static async Task<(Spread Few, Spread Many)> CompareAsync(ServerProcess server, LoadGenerator load, HttpClient client, BenchOptions options, Visitor[] visitors, ListCase list, bool isPage)
    {
        int[] counts = [BenchOptions.SmallRows, options.Rows];
        var sides = new List<Side>();
        for (var i = 0; i < counts.Length; i++)
        {
            var door = new ListDoor(visitors[i], isPage);
            sides.Add(new(visitors[i].Tenant, server, [await door.UrlAsync(list, counts[i], server, client)], door.Header, door.HeaderValue));
        }
        var measured = await Comparison.RunAsync(load, list.IsExtra ? options.Lighter() : options, sides);
        return (measured[0], measured[1]);
    }

    static string[] Row(ListCase list, bool isPage, Spread few, Spread many)
    {
        var ratio = many.Median / few.Median;
        return
        [
            (isPage ? "page: " : "REST: ") + list.Title, few.ToString(), many.ToString(), FormattableString.Invariant($"{ratio:0.00}"),
            list.Bound is { } bound ? FormattableString.Invariant($"<= {bound} ms") : FormattableString.Invariant($"<= {ListCase.MostRatio} x"),
            FigureTable.Verdict(list.Bound is { } most ? many.Median <= most : ratio <= ListCase.MostRatio),
        ];
    }
}

/// <summary>The same on PostgreSQL, with the CPU of the database server counted in; what a page does besides asking is the same on both.</summary>
sealed class ListsOnPostgres : Lists
{
    public override string Name => "lists-postgres";
    public override string Title => "The same REST lists on PostgreSQL";
    protected override bool[] IsPage => [false];

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("tccrm-bench-");
        try
        {
            await using var database = await PostgresServer.StartAsync();
            var visitors = await CustomerTenants.PrepareAsync(folder.FullName, database.ConnectionString, BenchOptions.SmallRows, options.Rows);
            await using var server = ServerProcess.StartProduct(options, folder.FullName, database);
            return await MeasureAsync(options, "PostgreSQL, its CPU included", server, visitors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
