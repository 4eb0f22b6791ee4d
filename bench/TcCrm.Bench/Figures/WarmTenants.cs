using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>What do tenants hold while they are visited, one after another, and what is left of it once they are idle?</summary>
sealed class WarmTenants(ServerProcess server, HttpClient client, TimeSpan idle)
{
    const int First = 50;
    const double MostWarm = 0.5;
    const double MostKept = 0.05;
    /// <summary>The connections that the product keeps by default, each with its database, its log and their shared index.</summary>
    const int MostFiles = 64 * 3;

    public async Task<IReadOnlyList<IReadOnlyList<string>>> MeasureAsync(Visitor[] visitors)
    {
        for (var i = 0; i < visitors.Length / First; i++) await VisitAsync(visitors[..First]); // as many visits as later, so that what the runtime compiles meanwhile is there before
        var before = await RestingAsync();
        await VisitAsync(visitors);
        var (warm, files) = (await CollectedAsync(), ProcessFacts.OpenFiles(server.Id, "/tenants/chain-"));
        var after = await RestingAsync();
        var (each, kept, left) = ((warm - before) / visitors.Length, (after - before) / (visitors.Length - First), ProcessFacts.OpenFiles(server.Id, "/tenants/chain-"));
        return
        [
            [$"each of {visitors.Length} warm tenants, MB", FormattableString.Invariant($"{each:0.000} (from {before:0.0} to {warm:0.0})"), FormattableString.Invariant($"< {MostWarm}"), FigureTable.Verdict(each < MostWarm)],
            ["kept of each visited tenant once it is idle, MB", FormattableString.Invariant($"{kept:0.000} (from {before:0.0} after {First} to {after:0.0} after {visitors.Length})"), FormattableString.Invariant($"< {MostKept}"), FigureTable.Verdict(kept < MostKept)],
            [$"open files of {visitors.Length} warm tenants", FormattableString.Invariant($"{files}"), $"<= {MostFiles}", FigureTable.Verdict(files <= MostFiles)],
            ["open files once they are idle", FormattableString.Invariant($"{left}"), "0", FigureTable.Verdict(left == 0)],
        ];
    }

    async Task VisitAsync(Visitor[] visitors)
    {
        foreach (var visitor in visitors) await client.TextAsync(new(server.Address, $"t/{visitor.Tenant}/customers/customer"), "Cookie", visitor.Cookie);
    }

    async Task<double> RestingAsync()
    {
        await Task.Delay(idle * 3);
        return await CollectedAsync();
    }

    async Task<double> CollectedAsync()
    {
        ProcessFacts.AskToCollect(server.Id);
        await Task.Delay(TimeSpan.FromSeconds(3));
        return ProcessFacts.ResidentMegabytes(server.Id);
    }
}
