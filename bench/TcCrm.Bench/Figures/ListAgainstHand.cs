using System.Text.Json;
using System.Text.RegularExpressions;
using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>What do Razor, EF and the generic list cost over a page written by hand?</summary>
sealed partial class ListAgainstHand : Figure
{
    const double MostRatio = 2;

    public override string Name => "page";
    public override string Title => "List page against a hand-written page of the same HTML";

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        var visitor = (await CustomerTenants.PrepareAsync(options.Rows))[0];
        await using var server = ServerProcess.StartProduct(options, CustomerTenants.DataPath);
        using var client = LoadLoop.Client();
        await server.AnswersAsync(client, "health/live");
        visitor = await visitor.WithFormCookieAsync(server, client);
        var url = $"t/{visitor.Tenant}/customers/customer";
        var page = await client.TextAsync(new(server.Address, url), "Cookie", visitor.Cookie);
        await using var baseline = ServerProcess.StartBaseline(options, "baseline-list", "--tenant", visitor.Tenant, "--keys", Path.Combine(CustomerTenants.DataPath, "tenants", visitor.Tenant, "keys"),
            "--db", Path.Combine(CustomerTenants.DataPath, "tenants", visitor.Tenant, "crm.db"), "--template", await TemplateAsync(page));
        await baseline.ListensAsync();
        RequireSame(Blank(page), Blank(await client.TextAsync(new(baseline.Address, url), "Cookie", visitor.Cookie)));
        await using var load = new LoadGenerator();
        Side[] sides = [new("product", server, [url], "Cookie", visitor.Cookie), new("baseline", baseline, [url], "Cookie", visitor.Cookie)];
        foreach (var side in sides) await Comparison.SettleAsync(load, side);
        var measured = await Comparison.RunAsync(load, options, sides);
        var ratio = measured[0].Median / measured[1].Median;
        return new(Name, Title, [$"SQLite, {options.Rows:N0} customers; {options.Requests:N0} requests a round, {options.Rounds} rounds; milliseconds of CPU per request; the bytes are equal but for the form's token"],
            ["", "product", "baseline", "ratio", "goal", "met"],
            [["list page", measured[0].ToString(), measured[1].ToString(), FormattableString.Invariant($"{ratio:0.00}"), FormattableString.Invariant($"<= {MostRatio} x"), FigureTable.Verdict(ratio <= MostRatio)]]);
    }

    /// <summary>What stands before and behind the rows, and a token, one a line.</summary>
    static async Task<string> TemplateAsync(string page)
    {
        var token = Token().Match(page).Groups["token"].Value;
        var blank = page.Replace(token, "¤", StringComparison.Ordinal);
        var (begin, end) = (blank.IndexOf("          <tr tabindex", StringComparison.Ordinal), blank.IndexOf("      </tbody>", StringComparison.Ordinal));
        var file = Path.Combine(BenchOptions.Kept, "list.template");
        await File.WriteAllLinesAsync(file, new[] { blank[..begin], blank[end..], token }.Select(t => JsonSerializer.Serialize(t)));
        return file;
    }

    static void RequireSame(string page, string byHand)
    {
        if (page == byHand) return;
        var at = page.Zip(byHand).TakeWhile(p => p.First == p.Second).Count();
        throw new InvalidOperationException($"The hand-written page has other bytes from {at} on: {Around(page, at)} | {Around(byHand, at)}");
    }

    static string Around(string text, int at) => text[Math.Max(at - 40, 0)..Math.Min(at + 60, text.Length)];

    static string Blank(string page) => page.Replace(Token().Match(page).Groups["token"].Value, "¤", StringComparison.Ordinal);

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]*)["]""")]
    private static partial Regex Token();
}
