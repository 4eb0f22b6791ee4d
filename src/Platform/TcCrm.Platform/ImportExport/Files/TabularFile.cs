namespace TcCrm.Platform.ImportExport.Files;

public enum TabularKind { Csv, Xlsx }

/// <summary>One row of a file. <paramref name="Line"/> is where it starts in the file, counted from 1; a <see cref="Problem"/> makes it unfit for import.</summary>
public sealed record TabularRow(int Line, string[] Cells)
{
    public RecordProblem? Problem { get; init; }
}

/// <summary>What the reader cannot know: everything has a detected default.</summary>
public sealed record TabularOptions
{
    /// <summary>Null or <c>auto</c> detects: byte order mark, strict UTF-8, else GB18030.</summary>
    public string? Encoding { get; init; }
    public char? Delimiter { get; init; }
    public bool FirstRowIsHeader { get; init; } = true;
    public TabularLimits Limits { get; init; } = new();
}

public sealed record TabularLimits
{
    public long Bytes { get; init; } = 200L << 20;
    public int Columns { get; init; } = 500;
    public int CellLength { get; init; } = 100_000;
    public int Rows { get; init; } = 2_000_000;
}

/// <summary>
/// A CSV or XLSX file as rows of text. The kind is told by the content, not by the name. Rows are streamed and may be read
/// several times; reading is synchronous because the source is always a local file or memory.
/// </summary>
public sealed class TabularFile : IDisposable
{
    readonly Stream stream;
    readonly IRowSource source;
    readonly TabularOptions options;

    TabularFile(Stream stream, IRowSource source, TabularOptions options)
    {
        (this.stream, this.source, this.options) = (stream, source, options);
        Header = HeaderNames.From(Filled().FirstOrDefault()?.Cells ?? throw new BusinessRuleException("The file is empty."), options.FirstRowIsHeader);
    }

    public TabularKind Kind => source.Kind;
    /// <summary>Web name of the encoding; null for XLSX.</summary>
    public string? Encoding => source.Encoding;
    public char? Delimiter => source.Delimiter;
    /// <summary>Column names, trimmed, never empty and never twice the same.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <exception cref="BusinessRuleException">Not a table, too large, or an unknown encoding.</exception>
    public static TabularFile Open(string path, TabularOptions? options = null) =>
        Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), options);

    /// <summary>Takes over the stream, which must be seekable.</summary>
    public static TabularFile Open(Stream stream, TabularOptions? options = null)
    {
        options ??= new();
        try
        {
            if (stream.Length > options.Limits.Bytes)
                throw new BusinessRuleException("The file is larger than {0} MB.", null, options.Limits.Bytes >> 20);
            return new(stream, RowSources.Recognise(stream, options), options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The data rows, blank ones left out, each as wide as the header.</summary>
    public IEnumerable<TabularRow> Rows()
    {
        var count = 0;
        foreach (var row in Filled().Skip(options.FirstRowIsHeader ? 1 : 0))
        {
            if (++count > options.Limits.Rows)
                throw new BusinessRuleException("The file has more than {0} rows.", null, options.Limits.Rows);
            yield return Shaped(row);
        }
    }

    public void Dispose() => stream.Dispose();

    IEnumerable<TabularRow> Filled() => source.Read().Where(row => row.Cells.Any(cell => !string.IsNullOrWhiteSpace(cell)));

    TabularRow Shaped(TabularRow row)
    {
        var given = row.Cells.Length;
        while (given > Header.Count && row.Cells[given - 1].Length == 0)
            given--;
        var cells = row.Cells;
        if (cells.Length != Header.Count)
            Array.Resize(ref cells, Header.Count);
        for (var i = row.Cells.Length; i < cells.Length; i++)
            cells[i] = "";
        for (var i = 0; i < cells.Length; i++)
            cells[i] = FormulaGuard.Remove(cells[i]);
        var wrongWidth = given > Header.Count || (given < Header.Count && !source.OmitsEmptyCells);
        return row with { Cells = cells, Problem = row.Problem ?? (wrongWidth ? WrongWidth(given) : null) };
    }

    RecordProblem WrongWidth(int given) => new("", "The row has {0} cells, the header has {1}.", given, Header.Count) { Code = "not-valid" };
}
