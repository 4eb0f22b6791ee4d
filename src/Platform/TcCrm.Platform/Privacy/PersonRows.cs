using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy;

/// <summary>
/// The rows of records past everything that a save does: what is erased must leave no version, no event with values and no copy in the log behind.
/// All names in the SQL are of the model.
/// </summary>
public sealed class PersonRows(CrmDbContext db)
{
    /// <summary>Live or deleted; not tracked.</summary>
    public Task<Record?> FindAsync(RecordType type, Guid id, CancellationToken cancel) => type.FindAnyAsync(db, id, cancel);

    public async Task<IReadOnlyList<RecordReference>> PartsOfAsync(RecordReference whole, CancellationToken cancel)
    {
        var parts = new List<RecordReference>();
        foreach (var (type, field) in PointingTo(whole.RecordType).Where(p => p.Field.IsWhole))
        {
            await using var command = db.CreateCommand($"SELECT id FROM {TableOf(type)} WHERE {ColumnOf(type, field.Name)} = @id", ("@id", db.IdParameter(whole.RecordId)));
            await OpenAsync(cancel);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) parts.Add(new(type.Name, reader.GetValue(0) is byte[] bytes ? new(bytes, bigEndian: true) : reader.GetGuid(0)));
        }
        return parts;
    }

    /// <summary>Whether a record that is no part of it points to it.</summary>
    public async Task<bool> IsReferredToAsync(RecordReference record, CancellationToken cancel)
    {
        foreach (var (type, field) in PointingTo(record.RecordType).Where(p => !p.Field.IsWhole))
        {
            if ((await type.DueAsync(db, [new(field.Name, "eq", record.RecordId.ToString())], null, default, Guid.Empty, 1, cancel)).Count > 0) return true;
        }
        return false;
    }

    public async Task RemoveAsync(RecordReference record, CancellationToken cancel)
    {
        await using var command = db.CreateCommand($"DELETE FROM {TableOf(TypeOf(record))} WHERE id = @id", ("@id", db.IdParameter(record.RecordId)));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The fields hold nothing afterwards, or <paramref name="instead"/> where a text must stand.</summary>
    public async Task EmptyAsync(RecordReference record, IEnumerable<Field> fields, string instead, DateTime now, CancellationToken cancel)
    {
        var type = TypeOf(record);
        var all = fields.ToList();
        var columns = all.Where(f => f.Slot is null).SelectMany(f => ColumnsOf(type, f, instead)).ToList();
        await using var command = db.CreateCommand(
            $"UPDATE {TableOf(type)} SET version = version + 1, modified_at = @now{string.Concat(columns.Select((c, i) => $", {c.Column} = @v{i}"))}{MadeKeys.Emptied([.. all.Select(f => f.Slot).OfType<string>(), .. RemovedFrom(type)], db.Database.IsNpgsql())} WHERE id = @id",
            ("@id", db.IdParameter(record.RecordId)), ("@now", now));
        for (var i = 0; i < columns.Count; i++) command.AddParameter($"@v{i}", columns[i].Value);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Fields that were taken out of the type, and whose values the record may still hold.</summary>
    IEnumerable<string> RemovedFrom(RecordType type) => db.Snapshot.Types.Definitions.GetValueOrDefault(type.Name)?.Removed.Select(r => r.Field.SlotName) ?? [];

    IEnumerable<(RecordType Type, Field Field)> PointingTo(string target) =>
        db.Snapshot.RecordTypes.Values.SelectMany(t => t.Fields.Where(f => target.Equals(f.LookupType, StringComparison.OrdinalIgnoreCase)).Select(f => (t, f)));

    IEnumerable<(string Column, object? Value)> ColumnsOf(RecordType type, Field field, string instead)
    {
        var entity = EntityOf(type);
        if (entity.FindComplexProperty(field.Name) is { } money) return money.ComplexType.GetProperties().Select(p => (p.GetColumnName(), (object?)null));
        var property = entity.FindProperty(field.Name)!;
        return [(property.GetColumnName(), EmptyOf(property, field, instead))];
    }

    static string? EmptyOf(IProperty property, Field field, string instead) =>
        property.ClrType == typeof(string) ? field.IsRequired || field.IsTitle ? instead : ""
        : property.ClrType == typeof(List<string>) ? "[]"
        : property.IsNullable || Nullable.GetUnderlyingType(property.ClrType) is not null ? null
        : throw new InvalidOperationException($"The personal field '{field.LabelKey}' can hold neither nothing nor a text.");

    /// <summary>The context opens its connection with its first query; a command of one's own does not.</summary>
    Task OpenAsync(CancellationToken cancel) => db.Database.OpenConnectionAsync(cancel);

    RecordType TypeOf(RecordReference record) => db.Snapshot.RecordTypes[record.RecordType];
    IEntityType EntityOf(RecordType type) => db.Model.FindEntityType(type.Class)!;
    static string TableOf(RecordType type) => type.Table;
    string ColumnOf(RecordType type, string field) => EntityOf(type).FindProperty(field)!.GetColumnName();
}
