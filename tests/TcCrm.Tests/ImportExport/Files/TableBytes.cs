using System.IO.Compression;
using System.Text;
using TcCrm.Platform.ImportExport.Files;

namespace TcCrm.Tests.ImportExport.Files;

/// <summary>Small files for the tests of this folder.</summary>
static class TableBytes
{
    public static TabularFile Open(string text, Encoding? encoding = null, TabularOptions? options = null) =>
        TabularFile.Open(new MemoryStream((encoding ?? Encoding.UTF8).GetBytes(text)), options);

    public static async Task<TabularFile> WrittenAsync(TabularKind kind, Encoding? encoding, string[] header, params IEnumerable<string?[]> rows) =>
        TabularFile.Open(new MemoryStream(await BytesAsync(kind, encoding, header, rows)));

    public static async Task<byte[]> BytesAsync(TabularKind kind, Encoding? encoding, string[] header, params IEnumerable<string?[]> rows)
    {
        using var stream = new MemoryStream();
        await using (var writer = await TabularWriter.CreateAsync(stream, kind, header, encoding, CancellationToken.None))
        {
            foreach (var row in rows)
                await writer.WriteAsync(row, CancellationToken.None);
        }
        return stream.ToArray();
    }

    /// <summary>A workbook as a spreadsheet program would write it: shared texts, number formats, a hidden first sheet.</summary>
    public static Stream Workbook(string rows, string formats = "", string cellFormats = "", string shared = "", string properties = "")
    {
        const string main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "xl/workbook.xml", $"<workbook {main}>{properties}<sheets><sheet name=\"h\" sheetId=\"1\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"v\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>");
            Part(zip, "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/hidden.xml\"/><Relationship Id=\"r2\" Target=\"/xl/worksheets/shown.xml\"/></Relationships>");
            Part(zip, "xl/worksheets/hidden.xml", $"<worksheet {main}><sheetData><row r=\"1\"><c t=\"str\"><v>hidden</v></c></row></sheetData></worksheet>");
            Part(zip, "xl/worksheets/shown.xml", $"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>");
            Part(zip, "xl/styles.xml", $"<styleSheet {main}><numFmts>{formats}</numFmts><cellXfs>{cellFormats}</cellXfs></styleSheet>");
            Part(zip, "xl/sharedStrings.xml", $"<sst {main}>{shared}</sst>");
        }
        stream.Position = 0;
        return stream;
    }

    static void Part(ZipArchive zip, string path, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(path).Open());
        writer.Write(content);
    }
}
