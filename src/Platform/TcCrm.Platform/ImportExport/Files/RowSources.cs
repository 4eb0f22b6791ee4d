using System.IO.Compression;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>Rows as a format gives them, header and blanks included; each call of <see cref="Read"/> starts at the top.</summary>
interface IRowSource
{
    TabularKind Kind { get; }
    string? Encoding { get; }
    char? Delimiter { get; }
    /// <summary>A short row is no mistake: the format leaves empty cells out.</summary>
    bool OmitsEmptyCells { get; }
    IEnumerable<TabularRow> Read();
}

static class RowSources
{
    static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;
    static ReadOnlySpan<byte> OldOffice => [0xD0, 0xCF, 0x11, 0xE0];

    public static IRowSource Recognise(Stream stream, TabularOptions options)
    {
        Span<byte> start = stackalloc byte[4];
        stream.Position = 0;
        var read = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        if (start[..read].SequenceEqual(OldOffice))
            throw new BusinessRuleException("This is an old or protected Excel file. Save it as .xlsx without a password and upload it again.");
        return start[..read].SequenceEqual(Zip) ? OpenWorkbook(stream, options) : CsvRows.Open(stream, options);
    }

    static XlsxRows OpenWorkbook(Stream stream, TabularOptions options)
    {
        try
        {
            stream.Position = 0;
            return new(new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true), options.Limits);
        }
        catch (InvalidDataException)
        {
            throw NotATable();
        }
    }

    public static BusinessRuleException NotATable() => new("This file is neither a CSV nor an XLSX table.");
}
