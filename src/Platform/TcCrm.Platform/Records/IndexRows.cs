using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Search;

namespace TcCrm.Platform.Records;

/// <summary>Keeps the rows that filters on several values and quick search use, in the transaction of the save.</summary>
static class IndexRows
{
    public static async Task WriteAsync(CrmDbContext db, IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        var texts = new List<SearchText>();
        foreach (var change in changes.Where(c => c.Name == "Deleted" || c.Record.DeletedAt is null))
        {
            await WriteValuesAsync(db, change, cancel);
            var text = change.Name == "Deleted" ? null : change.Type.SearchTextOf(change.Record);
            if (change.Before is null || change.Name == "Restored" || change.Type.SearchTextOf(change.Before) != text) texts.Add(new(change.Type.Name, change.Record.Id, text, IsNew: change.Name == "Created"));
        }
        await SearchIndex.WriteAsync(db, texts, cancel);
    }

    /// <summary>Of a record whose fields are found by other values than before, though the record has not changed.</summary>
    public static async Task RewriteAsync(CrmDbContext db, RecordType type, Record record, CancellationToken cancel)
    {
        await WriteValuesAsync(db, new(db.Entry(record), type, "Restored", null), cancel);
        await SearchIndex.WriteAsync(db, type.Name, record.Id, type.SearchTextOf(record), isNew: false, cancel);
    }

    static async Task WriteValuesAsync(CrmDbContext db, Change change, CancellationToken cancel)
    {
        foreach (var field in change.Type.Fields.Where(f => f.Kind.IsMultiple))
        {
            if (change is { Before: { } before, Name: not "Restored" } && field.Text(before) == field.Text(change.Record)) continue;
            var (type, name, id) = (change.Type.Name, field.Name, change.Record.Id);
            if (change.Name != "Created") await db.Set<MultiValue>().Where(v => v.RecordId == id && v.RecordType == type && v.Field == name).ExecuteDeleteAsync(cancel);
            if (change.Name == "Deleted") continue;
            foreach (var word in field.Value(change.Record) as List<string> ?? [])
                await db.Database.ExecuteSqlAsync($"INSERT INTO multi_value (record_type, field, value, record_id) VALUES ({type}, {name}, {word}, {db.IdParameter(id)})", cancel);
        }
    }
}
