using System.Text.Json;
using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>What does the record engine cost over a hand-written read?</summary>
sealed class ReadById : Figure
{
    const double MostRatio = 1.5;
    const int Records = 100;

    public override string Name => "get";
    public override string Title => "REST GET by id against hand-written code";

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        var visitor = (await CustomerTenants.PrepareAsync(options.Rows))[0];
        await using var server = ServerProcess.StartProduct(options, CustomerTenants.DataPath);
        await using var baseline = ServerProcess.StartBaseline(options, "baseline-get", "--db", Path.Combine(CustomerTenants.DataPath, "tenants", visitor.Tenant, "crm.db"));
        await using var load = new LoadGenerator();
        using var client = LoadLoop.Client();
        await server.AnswersAsync(client, "health/live");
        await baseline.ListensAsync();
        var (header, value) = ("Authorization", "Bearer " + visitor.ApiKey);
        var door = $"t/{visitor.Tenant}/api/v1/customers.customer";
        using var list = JsonDocument.Parse(await client.TextAsync(new(server.Address, $"{door}?size={Records}&sort=Phone"), header, value));
        List<string> urls = [.. list.RootElement.GetProperty("items").EnumerateArray().Select(i => $"{door}/{i.GetProperty("id").GetString()}")];
        foreach (var url in urls)
            if (await client.TextAsync(new(server.Address, url), header, value) != await client.TextAsync(new(baseline.Address, url), header, value)) throw new InvalidOperationException($"The baseline answers other bytes: {url}");
        Side[] sides = [new("product", server, urls, header, value), new("baseline", baseline, urls, header, value)];
        foreach (var side in sides) await Comparison.SettleAsync(load, side);
        var measured = await Comparison.RunAsync(load, options, sides);
        var ratio = measured[0].Median / measured[1].Median;
        return new(Name, Title, [$"SQLite, {options.Rows:N0} customers, {Records} of them in turn; {options.Requests:N0} requests a round, {options.Rounds} rounds; milliseconds of CPU per request; the bodies are equal"],
            ["", "product", "baseline", "ratio", "goal", "met"],
            [["GET by id", measured[0].ToString(), measured[1].ToString(), FormattableString.Invariant($"{ratio:0.00}"), FormattableString.Invariant($"<= {MostRatio} x"), FigureTable.Verdict(ratio <= MostRatio)]]);
    }
}
