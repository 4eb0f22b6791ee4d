using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy.Retention;

/// <summary>Takes the values of some fields out of a record, its history and its search terms. What the history says of other fields goes with them.</summary>
public sealed class EmptyFields(CrmDbContext db, PersonRows rows, EraseAuditDetails history, ErasureContext context)
{
    /// <returns>False when there was nothing in them.</returns>
    public async Task<bool> ExecuteAsync(RecordReference record, IReadOnlyList<string> names, CancellationToken cancel)
    {
        var type = db.Snapshot.RecordTypes[record.RecordType];
        var fields = names.Select(type.Find).OfType<Fields.Field>().ToList();
        if (await rows.FindAsync(type, record.RecordId, cancel) is not { } before || !fields.Exists(f => f.Value(before) is not null)) return false;
        await using var write = await db.BeginWriteAsync(cancel);
        await history.OfRecordAsync(type.Name, record.RecordId, cancel);
        await rows.EmptyAsync(record, fields, context.Instead, context.Now, cancel);
        foreach (var several in fields.Where(f => f.Kind.IsMultiple).Select(f => f.Name).ToList())
            await db.Set<MultiValue>().Where(v => v.RecordId == record.RecordId && v.RecordType == type.Name && v.Field == several).ExecuteDeleteAsync(cancel);
        if (await rows.FindAsync(type, record.RecordId, cancel) is { DeletedAt: null } after)
            await Search.SearchIndex.WriteAsync(db, type.Name, record.RecordId, type.SearchTextOf(after), isNew: false, cancel);
        db.Add(new AuditEntry { At = context.Now, UserId = db.UserId, Action = "FieldsEmptied", RecordType = type.Name, RecordId = record.RecordId, Details = JsonSerializer.Serialize(fields.ToDictionary(f => f.Name, _ => Array.Empty<string>())) });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return true;
    }
}
