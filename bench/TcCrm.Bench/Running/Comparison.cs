namespace TcCrm.Bench.Running;

/// <summary>One of the things compared: a server and what it is asked.</summary>
sealed record Side(string Name, ServerProcess Server, IReadOnlyList<string> Urls, string Header, string HeaderValue);

/// <summary>CPU milliseconds per request, or what else a list of numbers holds: the median and how far the others lie.</summary>
sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    public override string ToString() => FormattableString.Invariant($"{Median:0.00} ({Least:0.00}-{Most:0.00})");
}

/// <summary>Server CPU per request, A-B-A-B, after warming each side up.</summary>
static class Comparison
{
    const int WarmUp = 500;
    const int MostWarmUps = 12;
    const double Settled = 0.95;

    public static async Task<IReadOnlyList<Spread>> RunAsync(LoadGenerator load, BenchOptions options, params IReadOnlyList<Side> sides)
    {
        foreach (var side in sides) await load.RunAsync(BurstOf(side, Math.Min(WarmUp, options.Requests)));
        var rounds = sides.Select(_ => new List<double>()).ToList();
        for (var round = 0; round < options.Rounds; round++)
            for (var i = 0; i < sides.Count; i++) rounds[i].Add(await MeasureAsync(load, sides[i], options.Requests));
        return [.. rounds.Select(Spread.Of)];
    }

    /// <summary>
    /// Until a request costs no less than before: the runtime compiles hot code again in the background, on a busy machine late.
    /// </summary>
    public static async Task SettleAsync(LoadGenerator load, Side side)
    {
        var least = double.MaxValue;
        for (var i = 0; i < MostWarmUps; i++)
        {
            var cost = await MeasureAsync(load, side, WarmUp);
            if (cost > least * Settled && i > 2) return;
            least = Math.Min(least, cost);
        }
    }

    static async Task<double> MeasureAsync(LoadGenerator load, Side side, int requests)
    {
        var before = side.Server.CpuMilliseconds();
        await load.RunAsync(BurstOf(side, requests));
        return (side.Server.CpuMilliseconds() - before) / requests;
    }

    static Burst BurstOf(Side side, int count) => new([.. side.Urls.Select(u => new Uri(side.Server.Address, u).AbsoluteUri)], side.Header, side.HeaderValue, count);
}
