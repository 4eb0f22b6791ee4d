using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>How a CSV file separates its cells. <paramref name="StartsWithHint"/>: the first line is Excel's <c>sep=;</c>.</summary>
sealed record CsvDialect(char Delimiter, bool StartsWithHint)
{
    const int SampleRows = 50;
    static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>Takes the candidate under which the most rows are as wide as the first, the wider one if two draw.</summary>
    public static CsvDialect Guess(string sample, bool isWhole)
    {
        if (sample.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && sample.Length > 5 && sample[5] is '\r' or '\n')
            return new(sample[4], true);
        var best = (Delimiter: ',', Score: 0d);
        foreach (var candidate in Candidates)
        {
            var score = Score(sample, candidate, isWhole);
            if (score > best.Score)
                best = (candidate, score);
        }
        return new(best.Delimiter, false);
    }

    public static CsvConfiguration Configuration(char delimiter, int longestCell) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter.ToString(),
        HasHeaderRecord = false,
        IgnoreBlankLines = false,
        BadDataFound = null,
        MaxFieldSize = longestCell,
        BufferSize = 1 << 16,
    };

    static double Score(string sample, char delimiter, bool isWhole)
    {
        using var parser = new CsvParser(new StringReader(sample), Configuration(delimiter, 0));
        var widths = new List<int>();
        while (widths.Count < SampleRows && parser.Read())
        {
            if (parser.Record is not [""])
                widths.Add(parser.Count);
        }
        if (!isWhole && widths.Count is > 1 and < SampleRows)
            widths.RemoveAt(widths.Count - 1);
        if (widths.Count == 0 || widths[0] < 2)
            return 0;
        var alike = widths.Count(width => width == widths[0]) / (double)widths.Count;
        return alike + widths[0] / 10_000d;
    }
}
