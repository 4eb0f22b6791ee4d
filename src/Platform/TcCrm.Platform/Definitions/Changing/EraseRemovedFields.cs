using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Definitions.Changing;

/// <summary>Takes the values of fields that were taken out long ago out of the records. Who has one of these records open is told that it has changed.</summary>
sealed class EraseRemovedFields(CrmDbContext db, TimeProvider time) : IPeriodicJob
{
    const int Batch = 5000;

    public string Name => "erase-removed-fields";
    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        var before = Moments.Now(time) - RemovedField.Kept;
        foreach (var row in await db.Set<StoredDefinition>().AsNoTracking().ToListAsync(cancel))
        {
            var definition = TypeDefinition.Read(row.Json);
            var due = definition.Removed.Where(r => r.At < before && definition.Pending.Count == 0).Select(r => r.Field).ToList();
            if (due.Count > 0) await EraseAsync(row.Id, definition, due, cancel);
        }
    }

    async Task EraseAsync(int no, TypeDefinition definition, List<FieldDefinition> due, CancellationToken cancel)
    {
        var (table, postgres) = (FieldIndexes.TableOf(no, definition), db.Database.IsNpgsql());
        var holds = string.Join(" OR ", due.Select(f => postgres ? $"jsonb_exists(made, '{f.SlotName}')" : $"json_type(made, '$.{f.SlotName}') IS NOT NULL"));
        var erase = $"UPDATE {table} SET version = version + 1{MadeKeys.Emptied([.. due.Select(f => f.SlotName)], postgres)} WHERE id IN (SELECT id FROM {table} WHERE {holds} LIMIT {Batch})";
        while (await db.WriteAsync(() => db.Database.ExecuteSqlRawAsync(erase, cancel), cancel) == Batch) { }
        await db.WriteAsync(async () =>
        {
            var row = await db.Set<StoredDefinition>().FirstAsync(d => d.Id == no, cancel);
            var now = TypeDefinition.Read(row.Json);
            row.Json = (now with { Removed = [.. now.Removed.Where(r => due.TrueForAll(f => f.Slot != r.Field.Slot))] }).ToJson();
            return await db.SaveChangesAsync(cancel);
        }, cancel);
    }
}
