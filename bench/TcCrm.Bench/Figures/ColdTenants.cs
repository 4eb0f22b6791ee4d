using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>What does the first request to a tenant cost, in a process that is warm itself?</summary>
sealed class ColdTenants : Figure
{
    const double MostMilliseconds = 50;
    const int WarmTenants = 10;
    const int WarmRequests = 200;

    public override string Name => "cold";
    public override string Title => "First request to a cold tenant";

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        if (!Directory.Exists(ManyTenants.DataPath)) await TenantMaking.RunAsync(options);
        var visitors = ManyTenants.Read();
        await using var server = ServerProcess.StartProduct(options, ManyTenants.DataPath);
        using var client = LoadLoop.Client();
        await server.AnswersAsync(client, "health/live");
        for (var i = 0; i < WarmRequests; i++) await ListAsync(server, client, visitors[i % WarmTenants]);
        await Task.Delay(TimeSpan.FromSeconds(5)); // compiled again in the background
        var times = new List<double>();
        foreach (var visitor in visitors.Skip(WarmTenants))
        {
            var before = ProcessFacts.FineCpuMilliseconds(server.Id);
            await ListAsync(server, client, visitor);
            times.Add(ProcessFacts.FineCpuMilliseconds(server.Id) - before);
        }
        times.Sort();
        var p95 = times[(int)(times.Count * 0.95)];
        return new(Name, Title, [$"SQLite, {times.Count} tenants of `retail-chain`, the list page of each once, signed in already; {WarmRequests} requests to {WarmTenants} other tenants came before; milliseconds of CPU"],
            ["", "median", "p95", "most", "goal", "met"],
            [["list page", FormattableString.Invariant($"{times[times.Count / 2]:0.0}"), FormattableString.Invariant($"{p95:0.0}"), FormattableString.Invariant($"{times[^1]:0.0}"), $"p95 < {MostMilliseconds}", FigureTable.Verdict(p95 < MostMilliseconds)]]);
    }

    static Task<string> ListAsync(ServerProcess server, HttpClient client, Visitor visitor) =>
        client.TextAsync(new(server.Address, $"t/{visitor.Tenant}/customers/customer"), "Cookie", visitor.Cookie);
}
