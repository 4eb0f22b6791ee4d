using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>A workbook with one sheet. Every cell is text in a text-formatted column, so that ids keep their digits and leading zeros, also after an edit.</summary>
sealed class XlsxWriter : TabularWriter
{
    const int BufferChars = 1 << 15, MostRows = 1_048_576, LongestCell = 32_767;

    readonly Stream target;
    readonly PackedBytes packed = new();
    readonly ZipArchive archive;
    readonly Stream sheet;
    readonly StringBuilder xml = new(BufferChars);
    int row;

    public XlsxWriter(Stream target, int columns)
    {
        this.target = target;
        archive = new(packed, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (path, content) in XlsxParts.Fixed)
        {
            using var part = Open(path);
            part.Write(Encoding.UTF8.GetBytes(content));
        }
        sheet = Open(XlsxParts.SheetPath);
        xml.Append(XlsxParts.SheetStart(columns));
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
        sheet.Dispose();
        archive.Dispose();
        await packed.MoveToAsync(target, CancellationToken.None);
        await target.FlushAsync();
    }

    Stream Open(string path)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Fastest);
        // The same rows give the same bytes whenever they are exported.
        entry.LastWriteTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
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
        sheet.Write(Encoding.UTF8.GetBytes(xml.ToString()));
        xml.Clear();
        await packed.MoveToAsync(target, cancel);
    }

    /// <summary>The archive writes synchronously at the end of each part, which a response body refuses: it writes here, and we carry on.</summary>
    sealed class PackedBytes : MemoryStream
    {
        public override bool CanSeek => false;

        public async ValueTask MoveToAsync(Stream target, CancellationToken cancel)
        {
            await target.WriteAsync(GetBuffer().AsMemory(0, (int)Length), cancel);
            SetLength(0);
        }
    }
}
