using System.Net;
using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>What does one more tenant cost, once it has been used and left alone?</summary>
sealed class TenantMemory : Figure
{
    const int From = 50;
    const double MostMegabytes = 0.5;

    public override string Name => "memory";
    public override string Title => "Resident memory of one more tenant, and set-up";

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        var setUp = await TenantMaking.RunAsync(options);
        await using var server = ServerProcess.StartProduct(options, ManyTenants.DataPath, canCollect: true);
        using var client = LoadLoop.Client();
        await server.AnswersAsync(client, "health/live");
        var visitors = ManyTenants.Read();
        var at = new List<double>();
        for (var i = 1; i <= options.Tenants; i++)
        {
            using var visiting = LoadLoop.Client(new IPAddress([127, 0, 1, (byte)(i % 250 + 1)]));
            await new Visit(server, visiting, visitors[i - 1]).MakeAsync();
            if (i != From && i != options.Tenants) continue;
            at.Add(await RestingAsync(server, options.Idle));
            Console.WriteLine(FormattableString.Invariant($"  {i} tenants: {at[^1]:0.0} MB"));
        }
        var slope = (at[1] - at[0]) / (options.Tenants - From);
        List<IReadOnlyList<string>> rows = [["each tenant more, MB", FormattableString.Invariant($"{slope:0.000} (from {at[0]:0.0} at {From} to {at[1]:0.0} at {options.Tenants})"), FormattableString.Invariant($"< {MostMegabytes}"), FigureTable.Verdict(slope < MostMegabytes)]];
        rows.AddRange(setUp);
        return new(Name, Title, [$"SQLite, tenants of `retail-chain`; each signed in, a list, a save, a search; then {options.Idle.TotalSeconds:0} s idle and a full collection", "set-up in one process, one password hash included; milliseconds of CPU"], ["", "measured", "goal", "met"], rows);
    }

    static async Task<double> RestingAsync(ServerProcess server, TimeSpan idle)
    {
        await Task.Delay(idle);
        ProcessFacts.AskToCollect(server.Id);
        await Task.Delay(TimeSpan.FromSeconds(3));
        return ProcessFacts.ResidentMegabytes(server.Id);
    }
}
