using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>What do rights cost on a list?</summary>
sealed class NarrowedList : Figure
{
    const double MostRatio = 1.5;
    const double MostMicroseconds = 5;
    const int Large = 200;

    public override string Name => "rights";
    public override string Title => "List of somebody whose rights are narrowed, against an administrator's";

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        var administrator = (await CustomerTenants.PrepareAsync(options.Rows))[0];
        var (head, region) = await EmployAsync(administrator.Tenant);
        await using var server = ServerProcess.StartProduct(options, CustomerTenants.DataPath);
        await using var load = new LoadGenerator();
        using var client = LoadLoop.Client();
        await server.AnswersAsync(client, "health/live");
        Visitor[] visitors = [await administrator.WithFormCookieAsync(server, client), await head.WithFormCookieAsync(server, client), await region.WithFormCookieAsync(server, client)];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (title, query) in new[] { ("default view", ""), ("sorted by name", "sort=Name"), ("filter that matches half, sorted by name", "filter=Language:eq:English&sort=Name") })
            rows.AddRange(await ComparedAsync(options, server, load, title, visitors, query));
        rows.Add(await DecisionAsync(options, server, load, visitors));
        return new(Name, Title,
            [$"SQLite, {options.Rows:N0} customers of 2,000 units in turn; reach \"unit and below\", a masked field, three sharing rules; {options.Requests:N0} requests a round, {options.Rounds} rounds, a fifth of them with the filter; milliseconds of CPU per request", $"the last line: REST lists of {Large} rows and of one, what each row more costs the one and the other"],
            ["", "administrator", "narrowed", "ratio", "goal", "met"], rows);
    }

    static async Task<(Visitor Head, Visitor Region)> EmployAsync(string tenant)
    {
        await using var workshop = await Workshop.OpenAsync(CustomerTenants.DataPath);
        await workshop.InAsync(tenant, async services =>
        {
            await new NarrowedStaff(services, tenant).EmployAsync();
            return true;
        });
        return (await Visitor.OfAsync(workshop, tenant, NarrowedStaff.AtHeadOffice), await Visitor.OfAsync(workshop, tenant, NarrowedStaff.InRegion));
    }

    static async Task<IEnumerable<string[]>> ComparedAsync(BenchOptions options, ServerProcess server, LoadGenerator load, string title, Visitor[] visitors, string query)
    {
        var sides = visitors.Select(v => new ListDoor(v, IsPage: true)).Select(d => new Side(d.Visitor.Tenant, server, [d.Start + query], d.Header, d.HeaderValue)).ToList();
        foreach (var side in sides) await Comparison.SettleAsync(load, side);
        var measured = await Comparison.RunAsync(load, query.Contains("filter", StringComparison.Ordinal) ? options.Lighter() : options, sides);
        return [Row(title + ", at the head office of 2,000 units", measured[0], measured[1]), Row(title + ", in a region of 100 units", measured[0], measured[2])];
    }

    static string[] Row(string title, Spread whole, Spread narrowed)
    {
        var ratio = narrowed.Median / whole.Median;
        return [title, whole.ToString(), narrowed.ToString(), FormattableString.Invariant($"{ratio:0.00}"), FormattableString.Invariant($"<= {MostRatio} x"), FigureTable.Verdict(ratio <= MostRatio)];
    }

    static async Task<string[]> DecisionAsync(BenchOptions options, ServerProcess server, LoadGenerator load, Visitor[] visitors)
    {
        var sides = visitors.Take(2).SelectMany(v => new[] { 1, Large }.Select(size => new Side(v.Tenant, server, [$"t/{v.Tenant}/api/v1/customers.customer?size={size}"], "Authorization", "Bearer " + v.ApiKey))).ToList();
        foreach (var side in sides) await Comparison.SettleAsync(load, side);
        var measured = await Comparison.RunAsync(load, options.Lighter(), sides);
        var (whole, narrowed) = (PerRow(measured[0], measured[1]), PerRow(measured[2], measured[3]));
        return ["each row, microseconds", FormattableString.Invariant($"{whole:0.0}"), FormattableString.Invariant($"{narrowed:0.0}"), FormattableString.Invariant($"+{narrowed - whole:0.0}"), FormattableString.Invariant($"<= +{MostMicroseconds} µs"), FigureTable.Verdict(narrowed - whole <= MostMicroseconds)];
    }

    static double PerRow(Spread one, Spread many) => (many.Median - one.Median) * 1000 / (Large - 1);
}
