using System.Text;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Exports;

/// <param name="Fields">Columns in order.</param>
/// <param name="Query">Filters, search and sort; size and place are the exporter's own.</param>
/// <param name="Encoding">For CSV; UTF-8 with a byte order mark when null.</param>
public sealed record ExportRequest(RecordType Type, IReadOnlyList<Field> Fields, RecordQuery Query, TabularKind Kind, Encoding? Encoding = null);

/// <summary>Writes what a list shows as a table, page by page, so that memory does not grow with it. Headers and values are in the current language, and import reads them back.</summary>
public sealed class Exporter(CrmDbContext db, Access access, IText text, TimeProvider time)
{
    const int PageSize = 500;

    /// <summary>The caller has checked the right. Who exported what is written to the audit log before the first row leaves.</summary>
    /// <returns>Rows written.</returns>
    /// <exception cref="BadFilterException">A filter or the sort cannot be understood; nothing has been written to the stream.</exception>
    public async Task<int> WriteAsync(ExportRequest request, Stream stream, CancellationToken cancel)
    {
        var query = request.Query with { After = null, Size = PageSize, Also = RecordRight.Export };
        var page = await request.Type.ListAsync(db, query, cancel);
        await NoteAsync(request, cancel);
        var names = new ReferenceNames(db, access);
        var rows = 0;
        await using var writer = await TabularWriter.CreateAsync(stream, request.Kind, [.. request.Fields.Select(f => text[f.LabelKey])], request.Encoding, cancel);
        while (true)
        {
            await names.LoadAsync(request.Fields, page.Items, cancel);
            foreach (var record in page.Items)
                await writer.WriteAsync([.. request.Fields.Select(f => f.Value(record) is { } value ? names.TextOf(f, value) ?? ExportText.Of(f, value, db.Snapshot.Settings.FieldContext, text) : "")], cancel);
            rows += page.Items.Count;
            if (page.Next is null) return rows;
            page = await request.Type.ListAsync(db, query with { After = page.Next }, cancel);
        }
    }

    async Task NoteAsync(ExportRequest request, CancellationToken cancel)
    {
        var details = new { fields = request.Fields.Select(f => f.Name), filters = request.Query.Filters.Select(f => f.ToString()), search = request.Query.Search, format = request.Kind.ToString() };
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = "Exported", RecordType = request.Type.Name, Details = System.Text.Json.JsonSerializer.Serialize(details) });
        await db.SaveChangesAsync(cancel);
    }
}
