using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TcCrm.Bench.Reports;

/// <summary>Keeps the latest result of each figure, and writes the page that shows them.</summary>
static class Report
{
    static string Folder => Path.Combine(BenchOptions.Kept, "results");

    public static async Task KeepAsync(BenchOptions options, FigureTable table)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, table.Name + ".json"), JsonSerializer.Serialize(new Kept(table, Conditions.Now(TimeProvider.System), options.IsQuick)));
        Console.WriteLine(TextOf(table));
    }

    public static async Task WriteAsync(BenchOptions options)
    {
        if (options.Out is not { Length: > 0 } file || !Directory.Exists(Folder)) return;
        var kept = Figures.Figure.All.Select(f => Path.Combine(Folder, f.Name + ".json")).Where(File.Exists).Select(f => JsonSerializer.Deserialize<Kept>(File.ReadAllText(f))!);
        var page = new StringBuilder(Head);
        foreach (var (table, conditions, quick) in kept)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {table.Title}\n\n{conditions.At}; {conditions.Machine}; load average at the end {conditions.Load}{(quick ? "; short run" : "")}.\n");
            page.Append(TextOf(table));
        }
        await File.WriteAllTextAsync(Path.Combine(BenchOptions.Root, file), page.ToString());
    }

    static string TextOf(FigureTable table)
    {
        var text = new StringBuilder();
        foreach (var note in table.Notes) text.Append("- ").Append(note).Append('\n');
        text.Insert(0, '\n').Append('\n').Append(Line(table.Columns)).Append(Line([.. table.Columns.Select((_, i) => i == 0 ? "---" : "---:")]));
        foreach (var row in table.Rows) text.Append(Line(row));
        return text.ToString();
    }

    static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    const string Head = """
        # Figures

        This page is written by the bench: `dotnet run --project bench/TcCrm.Bench -c Release -- all --out docs/benchmarks.md`. Build the solution with `-c Release` first.

        What is measured is the server's CPU time per request: user and system time of the whole server process, read from the kernel before and after
        a burst of requests. The server is the Release build started as users start it; the requests come from another process over loopback. What is
        compared takes turns (A, B, A, B …) after a warm-up; a cell shows the median of the rounds and, in brackets, the least and the most. Absolute
        figures are goals: they are reported and stop no build.

        """;

    sealed record Kept(FigureTable Table, Conditions Conditions, bool Quick);
}
