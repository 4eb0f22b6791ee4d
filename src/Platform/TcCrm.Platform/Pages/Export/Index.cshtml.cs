using TcCrm.Platform.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Exports;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Pages.Export;

/// <summary>
/// What a list shows, as a file: the list's own query, and <c>format=csv|xlsx</c>, <c>encoding=gb18030</c>, <c>columns=Name,Phone</c> or <c>columns=all</c>.
/// </summary>
[NotWhileViewing]
public sealed class IndexModel(Exporter exporter, CrmDbContext db, Access access, IText text, TimeProvider time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string module, string noun, string? format, string? columns, string? encoding, CancellationToken cancel)
    {
        if (access.TypeOf($"{module}.{noun}") is not { } found) return NotFound();
        if (!access.May(RecordRight.Export, found)) return Forbid();
        try
        {
            var kind = format == "xlsx" ? TabularKind.Xlsx : TabularKind.Csv;
            var query = RecordQueryText.Parse(Request.Query);
            await found.ListAsync(db, query with { Size = 1 }, cancel); // says what is wrong before the download begins
            var request = new ExportRequest(found, ColumnsOf(found, columns), query with { Sort = query.Sort ?? found.Screens.DefaultSort }, kind, string.IsNullOrEmpty(encoding) ? null : TextEncodings.Named(encoding));
            var name = $"{text[found.PluralKey]}-{TimeZoneInfo.ConvertTime(time.GetUtcNow(), db.Snapshot.Settings.Zone):yyyyMMdd-HHmm}.{(kind == TabularKind.Xlsx ? "xlsx" : "csv")}";
            return new StreamedFile(kind == TabularKind.Xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv", name, stream => exporter.WriteAsync(request, stream, HttpContext.RequestAborted));
        }
        catch (BadFilterException)
        {
            return BadRequest();
        }
        catch (BusinessRuleException)
        {
            return BadRequest();
        }
    }

    static IReadOnlyList<Field> ColumnsOf(RecordType type, string? columns) => columns switch
    {
        null or "" => type.Columns,
        "all" => type.Fields,
        _ => [.. columns.Split(',').Select(c => type.Find(c) ?? throw new BadFilterException("There is no field '{0}'.", c))],
    };
}
