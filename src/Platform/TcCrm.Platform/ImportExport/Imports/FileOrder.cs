using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Files;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>Up to where an import has come.</summary>
/// <param name="Pass">See <see cref="FileOrder"/>.</param>
/// <param name="Line">Everything of the pass up to this line of the file is done.</param>
public readonly record struct ImportPlace(int Pass, int Line);

/// <summary>
/// Rows that name other rows of their own file, as a unit its parent, come after those however the file is sorted: it is read once for
/// each step down. Rows in a circle, and those below one, come last.
/// </summary>
sealed class FileOrder
{
    const int MostPasses = 64;
    readonly Dictionary<int, int> _passes = [];
    readonly Dictionary<string, List<int>>[] _lines;

    FileOrder(int ranks) => _lines = [.. Enumerable.Range(0, ranks).Select(_ => new Dictionary<string, List<int>>(StringComparer.Ordinal))];

    public int Passes { get; private set; } = 1;

    public int PassOf(int line) => _passes.GetValueOrDefault(line);

    /// <summary>Whether a row of the file is called that.</summary>
    public bool Has(string text) => LinesOf(text).Count > 0;

    /// <param name="rows">Those that are to be brought in.</param>
    public static FileOrder Of(IEnumerable<TabularRow> rows, ColumnMap map, CancellationToken cancel)
    {
        var order = new FileOrder(map.Names.Count);
        if (map.Upward.Count == 0) return order;
        var named = new List<(int Line, string Text)>();
        foreach (var row in rows.Where(r => r.Problem is null))
        {
            cancel.ThrowIfCancellationRequested();
            for (var rank = 0; rank < map.Names.Count; rank++) order.Note(rank, map.Names[rank].Source.Of(row.Cells), row.Line);
            named.AddRange(map.Upward.Select(f => (row.Line, f.Source.Of(row.Cells))).Where(n => n.Item2.Length > 0));
        }
        order.Sort(named);
        return order;
    }

    void Note(int rank, string text, int line)
    {
        if (text.Length == 0) return;
        if (!_lines[rank].TryGetValue(text, out var lines)) _lines[rank].Add(text, lines = []);
        lines.Add(line);
    }

    /// <summary>Of the first kind of name that any row has, as <see cref="References"/> looks for records.</summary>
    List<int> LinesOf(string text) => _lines.Select(names => names.GetValueOrDefault(text)).FirstOrDefault(lines => lines is not null) ?? [];

    void Sort(List<(int Line, string Text)> named)
    {
        var steps = named.SelectMany(n => LinesOf(n.Text).Where(above => above != n.Line).Select(above => (Above: above, Below: n.Line))).Distinct().ToList();
        var waits = steps.CountBy(s => s.Below).ToDictionary();
        var below = steps.ToLookup(s => s.Above, s => s.Below);
        var pass = steps.Select(s => s.Above).Distinct().Where(line => !waits.ContainsKey(line)).ToList();
        for (; pass.Count > 0 && Passes < MostPasses; Passes++)
        {
            pass = [.. pass.SelectMany(line => below[line]).Where(line => --waits[line] == 0)];
            foreach (var line in pass) _passes[line] = Passes;
        }
        var last = _passes.Values.DefaultIfEmpty().Max() + 1;
        foreach (var line in waits.Keys.Where(line => !_passes.ContainsKey(line))) _passes[line] = last;
        Passes = _passes.Values.DefaultIfEmpty().Max() + 1;
    }
}
