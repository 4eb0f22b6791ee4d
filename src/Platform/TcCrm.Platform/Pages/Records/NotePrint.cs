using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Pages.Records;

/// <summary>Says in the audit log who had what for paper, before it leaves.</summary>
public sealed class NotePrint(CrmDbContext db, TimeProvider time)
{
    const string Action = "Printed";

    public Task OfRecordAsync(RecordType type, Guid record, CancellationToken cancel) => NoteAsync(type, record, null, cancel);

    public Task OfListAsync(PrintedList list, CancellationToken cancel) => NoteAsync(list.State.Type, null, new
    {
        fields = list.Columns.Select(f => f.Name),
        filters = list.State.Query.Filters.Select(f => f.ToString()),
        search = list.State.Query.Search,
        records = list.Rows.Count,
    }, cancel);

    async Task NoteAsync(RecordType type, Guid? record, object? details, CancellationToken cancel)
    {
        db.Audit(time, Action, type.Name, record, details);
        await db.SaveChangesAsync(cancel);
    }
}
