using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Definitions.Storage;

/// <summary>
/// Writes the records of types that tenants have made, inside the transaction of the save and after everything that the pipeline does to them.
/// EF cannot: their tables are no part of its model, which all tenants share.
/// </summary>
sealed class MadeRows(CrmDbContext db, IReadOnlyList<(MadeRecord Record, int Before)> added, IReadOnlyList<(MadeRecord Record, int Before)> changed)
{
    const string Columns = "version, created_at, created_by_id, modified_at, modified_by_id, deleted_at, deleted_by_id, owner_id, unit_id, made";

    static readonly string[] Names = ["@id", "@version", "@created_at", "@created_by_id", "@modified_at", "@modified_by_id", "@deleted_at", "@deleted_by_id", "@owner_id", "@unit_id", "@made", "@before"];

    string Json => db.Database.IsNpgsql() ? "@made::jsonb" : "@made";

    /// <summary>Takes them out of what EF is about to save.</summary>
    public static MadeRows Take(CrmDbContext db)
    {
        var entries = db.ChangeTracker.Entries<MadeRecord>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList();
        var rows = new MadeRows(db, Of(entries, EntityState.Added), Of(entries, EntityState.Modified));
        foreach (var entry in entries)
        {
            entry.OriginalValues.SetValues(entry.CurrentValues); // else the new state would bring the old values back
            entry.State = EntityState.Unchanged;
        }
        return rows;
    }

    /// <exception cref="DbUpdateConcurrencyException">One of them has been changed by somebody else.</exception>
    public async Task<int> WriteAsync(CancellationToken cancel)
    {
        await WriteAsync(added, r => $"INSERT INTO {r} (id, {Columns}) VALUES (@id, @version, @created_at, @created_by_id, @modified_at, @modified_by_id, @deleted_at, @deleted_by_id, @owner_id, @unit_id, {Json})", cancel);
        await WriteAsync(changed, r => $"UPDATE {r} SET version = @version, modified_at = @modified_at, modified_by_id = @modified_by_id, deleted_at = @deleted_at, deleted_by_id = @deleted_by_id, owner_id = @owner_id, unit_id = @unit_id, made = {Json} WHERE id = @id AND version = @before", cancel);
        return added.Count + changed.Count;
    }

    static List<(MadeRecord, int)> Of(List<EntityEntry<MadeRecord>> entries, EntityState state) =>
        [.. entries.Where(e => e.State == state).Select(e => (e.Entity, (int)e.OriginalValues[nameof(Record.Version)]!))];

    async Task WriteAsync(IReadOnlyList<(MadeRecord Record, int Before)> rows, Func<string, string> statement, CancellationToken cancel)
    {
        foreach (var type in rows.GroupBy(r => r.Record.TypeNo))
        {
            var sql = statement(MadeTables.NameOf(type.Key));
            var written = await PlainRows.WriteAsync(db, sql, Names, type.Select(r => ValuesOf(r.Record, r.Before)), cancel);
            if (written != type.Count()) throw new DbUpdateConcurrencyException(string.Create(CultureInfo.InvariantCulture, $"{type.Count() - written} rows of {MadeTables.NameOf(type.Key)} are not as they were read."));
        }
    }

    object?[] ValuesOf(MadeRecord record, int before) =>
    [
        Id(record.Id), record.Version, record.CreatedAt, Id(record.CreatedById), record.ModifiedAt, Id(record.ModifiedById), record.DeletedAt, Id(record.DeletedById),
        Id(record.OwnerId), Id(record.UnitId), record.Made, before,
    ];

    object? Id(Guid? id) => id is { } known ? db.IdParameter(known) : null;
}
