using System.Text;
using CsvHelper;

namespace TcCrm.Platform.ImportExport.Files;

sealed class CsvRows(Stream stream, Encoding encoding, CsvDialect dialect, TabularLimits limits) : IRowSource
{
    const int SampleChars = 1 << 16;

    public TabularKind Kind => TabularKind.Csv;
    public string? Encoding => encoding.WebName;
    public char? Delimiter => dialect.Delimiter;
    public bool OmitsEmptyCells => false;

    public static CsvRows Open(Stream stream, TabularOptions options)
    {
        var encoding = TextEncodings.Of(stream, options.Encoding);
        var sample = new char[SampleChars];
        var length = Text(stream, encoding).ReadBlock(sample);
        if (sample.AsSpan(0, length).Contains('\0'))
            throw RowSources.NotATable();
        var dialect = CsvDialect.Guess(new(sample, 0, length), length < SampleChars);
        if (options.Delimiter is { } given)
            dialect = dialect with { Delimiter = given };
        return new(stream, encoding, dialect, options.Limits);
    }

    public IEnumerable<TabularRow> Read()
    {
        using var parser = new CsvParser(Text(stream, encoding), CsvDialect.Configuration(dialect.Delimiter, limits.CellLength), leaveOpen: true);
        var before = 0;
        if (dialect.StartsWithHint && Advance(parser, 1))
            before = parser.RawRow;
        while (Advance(parser, before + 1))
        {
            if (parser.Count > limits.Columns)
                throw new BusinessRuleException("The file has more than {0} columns.", null, limits.Columns);
            var cells = parser.Record!;
            yield return new(before + 1, cells) { Problem = ProblemOf(cells) };
            before = parser.RawRow;
        }
    }

    static StreamReader Text(Stream stream, Encoding encoding)
    {
        stream.Position = 0;
        return new(stream, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
    }

    bool Advance(CsvParser parser, int line)
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw new BusinessRuleException("A cell in the row that starts in line {0} is longer than {1} characters. A closing quotation mark may be missing.", null, line, limits.CellLength);
        }
    }

    static RecordProblem? ProblemOf(string[] cells) => Array.Exists(cells, cell => cell.Contains('\uFFFD'))
        ? new RecordProblem("", "The row has characters that cannot be read. Choose another encoding.") { Code = "not-valid" }
        : null;
}
