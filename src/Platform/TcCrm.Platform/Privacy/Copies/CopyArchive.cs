using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TcCrm.Platform.ImportExport.Files;

namespace TcCrm.Platform.Privacy.Copies;

/// <summary>The archive of a copy: <c>index.html</c> to read, a CSV file for each table, <c>data.json</c> for programs, and the files themselves.</summary>
static class CopyArchive
{
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static async Task WriteAsync(Stream stream, PersonCopy copy, IReadOnlyList<PersonalTable> tables, IReadOnlyList<PersonalFile> files, CancellationToken cancel)
    {
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel);
        await WriteAsync(zip, "data.json", JsonOf(copy, tables), cancel);
        await WriteAsync(zip, "index.html", HtmlOf(copy, tables, files), cancel);
        foreach (var table in tables) await WriteCsvAsync(zip, table, cancel);
        foreach (var file in files)
        {
            await using var content = await file.OpenAsync(cancel);
            await using var entry = await zip.CreateEntry("files/" + file.Path).OpenAsync(cancel);
            await content.CopyToAsync(entry, cancel);
        }
    }

    static string JsonOf(PersonCopy copy, IEnumerable<PersonalTable> tables) => JsonSerializer.Serialize(new
    {
        recordType = copy.RecordType,
        recordId = copy.RecordId,
        askedAt = copy.AskedAt,
        tables = tables.ToDictionary(t => t.Name, t => new { title = t.Title, columns = t.Columns, rows = t.Rows }),
    }, Readable);

    static string HtmlOf(PersonCopy copy, IReadOnlyList<PersonalTable> tables, IReadOnlyList<PersonalFile> files)
    {
        var html = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>").Append(copy.RecordId)
            .Append("</title><style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top;white-space:pre-wrap}</style>");
        foreach (var table in tables)
        {
            html.Append("<h2>").Append(Text(table.Title)).Append("</h2><table><tr>");
            foreach (var column in table.Columns) html.Append("<th>").Append(Text(column));
            foreach (var row in table.Rows) html.Append("<tr>").AppendJoin("", row.Select(cell => "<td>" + Text(cell)));
            html.Append("</table>");
        }
        foreach (var file in files) html.Append("<p><a href=\"files/").Append(Uri.EscapeDataString(file.Path)).Append("\">").Append(Text(file.Path)).Append("</a>");
        return html.ToString();
    }

    static string Text(string text) => WebUtility.HtmlEncode(text);

    static async Task WriteCsvAsync(ZipArchive zip, PersonalTable table, CancellationToken cancel)
    {
        await using var entry = await zip.CreateEntry(table.Name + ".csv").OpenAsync(cancel);
        await using var writer = await TabularWriter.CreateAsync(entry, TabularKind.Csv, table.Columns, null, cancel);
        foreach (var row in table.Rows) await writer.WriteAsync([.. row], cancel);
    }

    static async Task WriteAsync(ZipArchive zip, string name, string text, CancellationToken cancel)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(cancel);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
    }
}
