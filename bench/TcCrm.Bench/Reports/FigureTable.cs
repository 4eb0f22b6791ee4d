namespace TcCrm.Bench.Reports;

/// <summary>What a figure has found.</summary>
/// <param name="Notes">How it was measured: counts, rows.</param>
sealed record FigureTable(string Name, string Title, IReadOnlyList<string> Notes, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public const string Met = "yes";
    public const string Missed = "**no**";

    public static string Verdict(bool met) => met ? Met : Missed;
}
