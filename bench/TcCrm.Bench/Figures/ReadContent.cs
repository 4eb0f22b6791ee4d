using System.Globalization;
using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>What does a content item cost over a hand-written read?</summary>
sealed class ReadContent : Figure
{
    const double MostRatio = 2;
    const int Items = 100;

    public override string Name => "content";
    public override string Title => "Content item as JSON against hand-written code";

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        var visitor = await ContentTenant.PrepareAsync();
        await using var server = ServerProcess.StartProduct(options, ContentTenant.DataPath);
        await using var baseline = ServerProcess.StartBaseline(options, "baseline-content", "--db", Path.Combine(ContentTenant.DataPath, "tenants", visitor.Tenant, "crm.db"));
        await using var load = new LoadGenerator();
        using var client = LoadLoop.Client();
        await server.AnswersAsync(client, "health/live");
        await baseline.ListensAsync();
        var (header, value) = ("Authorization", "Bearer " + visitor.ApiKey);
        List<string> urls = [.. Enumerable.Range(0, Items).Select(i => string.Create(CultureInfo.InvariantCulture, $"t/{visitor.Tenant}/api/content/item{(i * (ContentTenant.Items / Items)) + 1:0000}"))];
        foreach (var url in urls)
            if (await client.TextAsync(new(server.Address, url), header, value) != await client.TextAsync(new(baseline.Address, url), header, value)) throw new InvalidOperationException($"The baseline answers other bytes: {url}");
        Side[] sides = [new("product", server, urls, header, value), new("baseline", baseline, urls, header, value)];
        foreach (var side in sides) await Comparison.SettleAsync(load, side);
        var measured = await Comparison.RunAsync(load, options, sides);
        var ratio = measured[0].Median / measured[1].Median;
        return new(Name, Title, [$"SQLite, {ContentTenant.Items:N0} items, {Items} of them in turn; {options.Requests:N0} requests a round, {options.Rounds} rounds; milliseconds of CPU per request; the bodies are equal"],
            ["", "product", "baseline", "ratio", "goal", "met"],
            [["GET /api/content/{id}", measured[0].ToString(), measured[1].ToString(), FormattableString.Invariant($"{ratio:0.00}"), FormattableString.Invariant($"<= {MostRatio} x"), FigureTable.Verdict(ratio <= MostRatio)]]);
    }
}
