using System.Data.Common;
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
            var written = db.Database.IsNpgsql() ? await TogetherAsync(sql, type, cancel) : await OneByOneAsync(sql, type, cancel);
            if (written != type.Count()) throw new DbUpdateConcurrencyException(string.Create(CultureInfo.InvariantCulture, $"{type.Count() - written} rows of {MadeTables.NameOf(type.Key)} are not as they were read."));
        }
    }

    async Task<int> OneByOneAsync(string sql, IEnumerable<(MadeRecord Record, int Before)> rows, CancellationToken cancel)
    {
        await using var command = db.CreateCommand(sql);
        var written = 0;
        foreach (var (record, before) in rows)
        {
            command.Parameters.Clear();
            foreach (var (name, value) in ValuesOf(record, before)) command.AddParameter(name, value);
            written += await command.ExecuteNonQueryAsync(cancel);
        }
        return written;
    }

    /// <summary>In one message to the server.</summary>
    async Task<int> TogetherAsync(string sql, IEnumerable<(MadeRecord Record, int Before)> rows, CancellationToken cancel)
    {
        await using var probe = db.CreateCommand(sql);
        await using var batch = probe.Connection!.CreateBatch();
        batch.Transaction = probe.Transaction;
        foreach (var (record, before) in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            foreach (var (name, value) in ValuesOf(record, before)) Add(command, name, value);
            batch.BatchCommands.Add(command);
        }
        return await batch.ExecuteNonQueryAsync(cancel);
    }

    static void Add(DbBatchCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }

    IEnumerable<(string Name, object? Value)> ValuesOf(MadeRecord record, int before) =>
    [
        ("@id", Id(record.Id)), ("@version", record.Version), ("@created_at", record.CreatedAt), ("@created_by_id", Id(record.CreatedById)),
        ("@modified_at", record.ModifiedAt), ("@modified_by_id", Id(record.ModifiedById)), ("@deleted_at", record.DeletedAt), ("@deleted_by_id", Id(record.DeletedById)),
        ("@owner_id", Id(record.OwnerId)), ("@unit_id", Id(record.UnitId)), ("@made", record.Made), ("@before", before),
    ];

    object? Id(Guid? id) => id is { } known ? db.IdParameter(known) : null;
}
