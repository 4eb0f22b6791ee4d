using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Changing;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Definitions;

/// <summary>
/// Writes a definition with all that follows from it (table, indexes, past version, audit), inside the caller's transaction. Recipes call it with
/// many; who calls it renews the snapshot afterwards.
/// </summary>
public sealed class WriteDefinition(CrmDbContext db, CodeRecordTypes code, JobQueue jobs, TimeProvider time)
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="types">As they are, or will be: a lookup may point to any of them.</param>
    public IReadOnlyList<RecordProblem> ProblemsOf(TypeDefinition wish, TenantTypes types) =>
        new DefinitionRules(wish, types, code.All, code.Kinds).Problems();

    /// <summary>The caller has seen to it that there are no problems.</summary>
    /// <param name="answers">What somebody has decided for the records that there are.</param>
    public async Task<TypeDefinition> ExecuteAsync(TypeDefinition wish, IEnumerable<ValueChange> answers, CancellationToken cancel)
    {
        var row = await db.Set<StoredDefinition>().FirstOrDefaultAsync(d => d.Name == wish.Name && d.RemovedAt == null, cancel);
        var before = row is null ? null : TypeDefinition.Read(row.Json);
        var definition = before is null ? wish.WithSlots() : Following(wish, before, [.. answers]);
        if (before is { Pending.Count: 0 } && before.ToJson() == definition.ToJson()) return before; // saved again, what is pending is tried again
        if (row is null) row = await AddAsync(definition, cancel);
        else (row.Version, row.Json, row.ModifiedAt) = (row.Version + 1, definition.ToJson(), Moments.Now(time));
        var isIndexed = await FieldIndexes.FollowAsync(db, row.Id, definition, before, cancel);
        Note(row, before is null ? "TypeMade" : "TypeChanged", new { Fields = ChangedFields(definition, before) });
        await db.SaveChangesAsync(cancel);
        if (before is not null) await ForgetSeveralValuesAsync(definition, before, cancel);
        if (!isIndexed) await jobs.AddAsync(BuildFieldIndexes.Name, new { row.Id }, cancel);
        if (definition.Pending.Count > 0) await jobs.AddAsync(ChangeValues.Name, new ChangeValues.Arguments(row.Id), cancel);
        return definition;
    }

    /// <summary>With what records have to follow. A field of another kind gets a new place; the old one is kept with the fields that were taken out.</summary>
    /// <exception cref="BusinessRuleException">They are still following an earlier change.</exception>
    TypeDefinition Following(TypeDefinition wish, TypeDefinition before, IReadOnlyList<ValueChange> answers)
    {
        var moved = wish.Fields.Where(f => before.At(f.Slot) is { } known && !known.IsKeptLike(f)).ToDictionary(f => f.Name, f => before.At(f.Slot)!);
        var definition = (wish with { LastSlot = Math.Max(wish.LastSlot, before.LastSlot), Fields = [.. wish.Fields.Select(f => moved.ContainsKey(f.Name) ? f with { Slot = 0 } : f)] }).WithSlots();
        var now = Moments.Now(time);
        var removed = before.Removed.Concat(before.Fields.Select(f => new RemovedField(f, now))).Where(r => definition.Fields.All(f => f.Slot != r.Field.Slot));
        IReadOnlyList<ValueChange> pending = [.. ValueChange.Between(before, definition, moved), .. answers];
        if (pending.Count > 0 && before.Pending.Count > 0) throw new BusinessRuleException("Records of this type are still following the last change. Save this one when they are done.");
        return definition with { Removed = [.. removed], Pending = pending.Count > 0 ? pending : before.Pending };
    }

    /// <summary>Filters look fields with several values up by name: a field that takes the name begins without them.</summary>
    async Task ForgetSeveralValuesAsync(TypeDefinition definition, TypeDefinition before, CancellationToken cancel)
    {
        foreach (var (type, field) in before.Fields.Where(f => f.Kind is "tags" or "multi-choice" && definition.Fields.All(now => now.Slot != f.Slot)).Select(f => (before.Name, f.Name)))
            await db.Set<MultiValue>().Where(v => v.RecordType == type && v.Field == field).ExecuteDeleteAsync(cancel);
    }

    /// <summary>The type is gone from everywhere; its records stay where they are until it is brought back.</summary>
    public async Task RemoveAsync(string name, CancellationToken cancel)
    {
        if (await db.Set<StoredDefinition>().FirstOrDefaultAsync(d => d.Name == name && d.RemovedAt == null, cancel) is not { } row) return;
        (row.RemovedAt, row.Version, row.ModifiedAt) = (Moments.Now(time), row.Version + 1, Moments.Now(time));
        Note(row, "TypeRemoved", new { });
        await db.SaveChangesAsync(cancel);
    }

    /// <exception cref="BusinessRuleException">There is another type of that name by now.</exception>
    public async Task BringBackAsync(int no, CancellationToken cancel)
    {
        var row = await db.Set<StoredDefinition>().FirstAsync(d => d.Id == no, cancel);
        if (await db.Set<StoredDefinition>().AnyAsync(d => d.Name == row.Name && d.RemovedAt == null, cancel)) throw new BusinessRuleException("There is a type '{0}' already.", null, row.Name);
        (row.RemovedAt, row.Version, row.ModifiedAt) = (null, row.Version + 1, Moments.Now(time));
        Note(row, "TypeBroughtBack", new { });
        await db.SaveChangesAsync(cancel);
    }

    async Task<StoredDefinition> AddAsync(TypeDefinition definition, CancellationToken cancel)
    {
        var last = await db.Set<StoredDefinition>().MaxAsync(d => (int?)d.Id, cancel) ?? 0;
        var row = new StoredDefinition { Id = last + 1, Name = definition.Name, Version = 1, Json = definition.ToJson(), ModifiedAt = Moments.Now(time) };
        db.Add(row);
        if (definition.IsMade) await MadeTables.CreateAsync(db, row.Id, cancel);
        return row;
    }

    void Note(StoredDefinition row, string action, object details)
    {
        db.Add(new PastDefinition { DefinitionId = row.Id, Version = row.Version, Json = row.Json, At = Moments.Now(time), UserId = db.UserId });
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = action, RecordType = row.Name, Details = JsonSerializer.Serialize(details, Readable) });
    }

    static List<string> ChangedFields(TypeDefinition now, TypeDefinition? before) =>
        [.. now.Fields.Where(f => Json(before?.Find(f.Name)) != Json(f)).Select(f => f.Name), .. before?.Fields.Where(f => now.Find(f.Name) is null).Select(f => f.Name) ?? []];

    static string Json(FieldDefinition? field) => JsonSerializer.Serialize(field, Readable);
}
