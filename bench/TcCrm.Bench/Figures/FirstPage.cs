using System.Diagnostics;
using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>How long from the start of the process to a page with data?</summary>
sealed class FirstPage : Figure
{
    const double MostSeconds = 3;

    public override string Name => "start";
    public override string Title => "Start to first page";

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        var visitor = (await CustomerTenants.PrepareAsync(BenchOptions.SmallRows))[0];
        var (wall, cpu) = (new List<double>(), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            using var client = LoadLoop.Client();
            client.DefaultRequestHeaders.Add("Cookie", visitor.Cookie);
            var began = Stopwatch.GetTimestamp();
            await using var server = ServerProcess.StartProduct(options, CustomerTenants.DataPath);
            await server.AnswersAsync(client, $"t/{visitor.Tenant}/customers/customer");
            wall.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            cpu.Add(ProcessFacts.CpuMilliseconds(server.Id) / 1000);
        }
        return new(Name, Title, [$"SQLite, list page of {BenchOptions.SmallRows:N0} customers, {options.Rounds} starts of the Release build; seconds"], ["", "measured", "goal", "met"],
            [Row("wall", Spread.Of(wall)), Row("CPU", Spread.Of(cpu))]);
    }

    static string[] Row(string name, Spread seconds) => [name, seconds.ToString(), FormattableString.Invariant($"< {MostSeconds}"), FigureTable.Verdict(seconds.Median < MostSeconds)];
}
