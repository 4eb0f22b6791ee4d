using System.Text.Json;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Audit;

/// <summary>The log as a table, with the filter of the page and in the words of the page: an export shows nobody more than the screen does.</summary>
public sealed class AuditExport(CrmDbContext db, AuditList list, AuditWords words, IText text, TimeProvider time)
{
    public const string Log = "platform.audit";
    const int PageSize = 500;

    /// <summary>That it was exported stands in the log before the first row leaves.</summary>
    public async Task WriteAsync(AuditFilter filter, Stream stream, CancellationToken cancel)
    {
        await NoteAsync(filter, cancel);
        string[] header = [text["Time"], text["User"], text["Action"], text["Kind"], text["Record"], text["Details"], text["Address"], text["Program"]];
        await using var writer = await TabularWriter.CreateAsync(stream, TabularKind.Csv, header, null, cancel);
        Guid? before = null;
        do
        {
            var page = await list.ReadAsync(filter, before, PageSize, cancel);
            foreach (var line in await words.OfAsync(page.Entries, filter.Search, cancel)) await writer.WriteAsync(Cells(line), cancel);
            before = page.Next;
        }
        while (before is not null);
    }

    string[] Cells(AuditLine line) =>
    [
        line.At.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), line.Who, line.Action, line.What, line.Subject,
        line.Entry.ErasedAt is not null ? text["Erased"] : string.Join("; ", line.Changes.Select(c => c.Old.Length > 0 ? $"{c.Label}: {c.Old} → {c.New}" : $"{c.Label}: {c.New}")),
        line.Entry.Address ?? "", line.Entry.Agent ?? "",
    ];

    async Task NoteAsync(AuditFilter filter, CancellationToken cancel)
    {
        var asked = filter.Parts.Where(p => p.Value.Length > 0).ToDictionary(p => p.Name, p => p.Value);
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = "Exported", RecordType = Log, Details = JsonSerializer.Serialize(asked) });
        await db.SaveChangesAsync(cancel);
    }
}
