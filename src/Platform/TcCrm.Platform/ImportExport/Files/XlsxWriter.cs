using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>A workbook with one sheet. Every cell is text in a text-formatted column, so that ids keep their digits and leading zeros, also after an edit.</summary>
sealed class XlsxWriter : TabularWriter
{
    const int BufferChars = 1 << 15, MostRows = 1_048_576, LongestCell = 32_767;

    readonly ZipArchive archive;
    readonly Stream sheet;
    readonly StringBuilder xml = new(BufferChars);
    int row;

    XlsxWriter(ZipArchive archive, Stream sheet) => (this.archive, this.sheet) = (archive, sheet);

    public static async Task<XlsxWriter> CreateAsync(Stream stream, int columns, CancellationToken cancel)
    {
        var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        foreach (var (path, content) in XlsxParts.Fixed)
        {
            await using var part = await Entry(archive, path).OpenAsync(cancel);
            await part.WriteAsync(Encoding.UTF8.GetBytes(content), cancel);
        }
        var writer = new XlsxWriter(archive, await Entry(archive, XlsxParts.SheetPath).OpenAsync(cancel));
        writer.xml.Append(XlsxParts.SheetStart(columns));
        return writer;
    }

    /// <summary>Cells beyond what a spreadsheet program opens (32,767 characters) are cut.</summary>
    /// <exception cref="BusinessRuleException">More rows than a sheet has.</exception>
    public override async ValueTask WriteAsync(IReadOnlyList<string?> cells, CancellationToken cancel)
    {
        if (++row > MostRows)
            throw new BusinessRuleException("A sheet holds at most {0} rows. Export as CSV instead.", null, MostRows);
        xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{row}\">");
        for (var column = 0; column < cells.Count; column++)
        {
            if (!string.IsNullOrEmpty(cells[column]))
                Append(column, FormulaGuard.Add(cells[column]!));
        }
        xml.Append("</row>");
        if (xml.Length >= BufferChars)
            await SendAsync(cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        xml.Append(XlsxParts.SheetEnd);
        await SendAsync(CancellationToken.None);
        await sheet.DisposeAsync();
        await archive.DisposeAsync();
    }

    static ZipArchiveEntry Entry(ZipArchive archive, string path)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Fastest);
        // The same rows give the same bytes whenever they are exported.
        entry.LastWriteTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry;
    }

    void Append(int column, string text)
    {
        xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{Letters(column)}{row}\" s=\"{(row == 1 ? 2 : 1)}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        XlsxEscapes.Encode(xml, text.Length > LongestCell ? text[..LongestCell] : text);
        xml.Append("</t></is></c>");
    }

    static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + (char)('A' + column % 26);

    async ValueTask SendAsync(CancellationToken cancel)
    {
        await sheet.WriteAsync(Encoding.UTF8.GetBytes(xml.ToString()), cancel);
        xml.Clear();
    }
}
