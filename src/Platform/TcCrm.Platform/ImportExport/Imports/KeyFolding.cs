using TcCrm.Platform.ImportExport.Files;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>The first pass over a file: which line is the last of its key. Rows with no usable key stand for themselves.</summary>
sealed class KeyFolding
{
    readonly Dictionary<string, Seen> _byKey = new(StringComparer.Ordinal);

    KeyFolding() { }

    public int Rows { get; private set; }
    /// <summary>Rows that a later one with the same key replaces.</summary>
    public int Folded { get; private set; }
    /// <summary>Keys whose rows say different things.</summary>
    public int Differing { get; private set; }

    public static KeyFolding Of(TabularFile file, ColumnMap map, RowReader reader, CancellationToken cancel)
    {
        var folding = new KeyFolding();
        foreach (var row in file.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            folding.Rows++;
            if (row.Problem is null && map.Match is { } match && reader.KeyOf(match, row.Cells) is { } key)
                folding.Add(key, row.Line, TextsOf(row, map));
        }
        return folding;
    }

    public bool IsReplaced(string? key, int line) => key is not null && _byKey.TryGetValue(key, out var seen) && seen.LastLine != line;

    void Add(string key, int line, int texts)
    {
        if (!_byKey.TryGetValue(key, out var seen))
        {
            _byKey.Add(key, new(line, texts, false));
            return;
        }
        Folded++;
        var differs = seen.Differs || seen.Texts != texts;
        if (differs && !seen.Differs) Differing++;
        _byKey[key] = new(line, texts, differs);
    }

    static int TextsOf(TabularRow row, ColumnMap map)
    {
        var hash = new HashCode();
        foreach (var source in map.Fields.SelectMany(f => f.Sources)) hash.Add(source.Of(row.Cells), StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    readonly record struct Seen(int LastLine, int Texts, bool Differs);
}
