using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Records;

public enum SaveOutcome { Saved, Unchanged, Invalid, Stale, NotFound, Forbidden }

/// <summary>What became of a save. When <see cref="SaveOutcome.Stale"/>, <paramref name="Record"/> is the record as it is now.</summary>
public sealed record SaveResult(SaveOutcome Outcome, Record? Record, IReadOnlyList<RecordProblem> Problems);

/// <summary>One row of a batch: an existing tracked record to change, or null for a new one, and its values in neutral text by field name.</summary>
public sealed record RecordWrite(Record? Existing, IReadOnlyDictionary<string, string?> Values);

/// <summary>The one pipeline behind form, API, import, recipes and jobs: authorise, bind, validate, save.</summary>
public sealed class RecordStore(CrmDbContext db, Access access)
{
    /// <param name="values">Neutral text by field name; fields that are not named stay as they are.</param>
    public async Task<SaveResult> CreateAsync(RecordType type, IReadOnlyDictionary<string, string?> values, CancellationToken cancel)
    {
        if (!access.May(RecordRight.Create, type)) return new(SaveOutcome.Forbidden, null, []);
        var record = type.New();
        var problems = Bind(type, record, values, isNew: true);
        db.Add(record);
        return await SaveAsync(type, record, problems, cancel);
    }

    /// <param name="version">The version that the change was made on; null takes whatever is there.</param>
    public async Task<SaveResult> UpdateAsync(RecordType type, Guid id, int? version, IReadOnlyDictionary<string, string?> values, CancellationToken cancel)
    {
        if (!access.May(RecordRight.Edit, type)) return new(access.May(RecordRight.View, type) ? SaveOutcome.Forbidden : SaveOutcome.NotFound, null, []);
        if (await type.FindForUpdateAsync(db, id, cancel) is not { } record) return new(SaveOutcome.NotFound, null, []);
        if (!await type.ReachesAsync(db, RecordRight.Edit, id, cancel)) return new(SaveOutcome.Forbidden, null, []);
        if (version is not null && version != record.Version) return new(SaveOutcome.Stale, record, []);
        return await SaveAsync(type, record, Bind(type, record, values, isNew: false), cancel);
    }

    /// <summary>Into the recycle bin.</summary>
    public async Task<SaveResult> DeleteAsync(RecordType type, Guid id, int? version, CancellationToken cancel)
    {
        if (!access.May(RecordRight.Delete, type)) return new(access.May(RecordRight.View, type) ? SaveOutcome.Forbidden : SaveOutcome.NotFound, null, []);
        if (await type.FindForUpdateAsync(db, id, cancel) is not { } record) return new(SaveOutcome.NotFound, null, []);
        if (!await type.ReachesAsync(db, RecordRight.Delete, id, cancel)) return new(SaveOutcome.Forbidden, null, []);
        if (version is not null && version != record.Version) return new(SaveOutcome.Stale, record, []);
        db.Remove(record);
        return await SaveAsync(type, record, [], cancel);
    }

    public async Task<SaveResult> RestoreAsync(RecordType type, Guid id, CancellationToken cancel)
    {
        if (!access.May(RecordRight.Delete, type)) return new(SaveOutcome.Forbidden, null, []);
        if (await type.FindDeletedAsync(db, id, cancel) is not { } record) return new(SaveOutcome.NotFound, null, []);
        Parts.Restore(db.Entry(record));
        return await SaveAsync(type, record, [], cancel);
    }

    /// <summary>
    /// Many rows in one transaction, for import and recipes; the caller has checked the rights. Rows with problems are left out and reported,
    /// the others saved. The records are no longer tracked afterwards.
    /// </summary>
    public async Task<IReadOnlyList<SaveResult>> SaveManyAsync(RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancel)
    {
        var rows = writes.Select(w => (Record: w.Existing ?? type.New(), w.Existing, Problems: new List<RecordProblem>())).ToList();
        for (var i = 0; i < rows.Count; i++) rows[i].Problems.AddRange(Bind(type, rows[i].Record, writes[i].Values, writes[i].Existing is null));
        var good = rows.Where(r => r.Problems.Count == 0).ToList();
        while (good.Count > 0)
        {
            foreach (var (record, existing, _) in rows) Track(record, existing, good.Exists(g => ReferenceEquals(g.Record, record)));
            try
            {
                await db.SaveChangesAsync(cancel);
                break;
            }
            catch (RecordRejectedException rejected)
            {
                foreach (var row in good) row.Problems.AddRange(rejected.Of(row.Record));
                good.RemoveAll(r => r.Problems.Count > 0);
            }
        }
        db.ChangeTracker.Clear();
        return [.. rows.Select(r => new SaveResult(r.Problems.Count > 0 ? SaveOutcome.Invalid : SaveOutcome.Saved, r.Record, r.Problems))];
    }

    void Track(Record record, Record? existing, bool good)
    {
        var entry = db.Entry(record);
        if (!good) entry.State = EntityState.Detached;
        else if (existing is null) entry.State = EntityState.Added;
    }

    async Task<SaveResult> SaveAsync(RecordType type, Record record, List<RecordProblem> problems, CancellationToken cancel)
    {
        if (problems.Count > 0)
        {
            problems.AddRange(FieldRules.ProblemsOf(type, record).Where(p => problems.All(other => other.Field != p.Field)));
            return new(SaveOutcome.Invalid, record, problems);
        }
        var version = record.Version;
        try
        {
            await db.SaveChangesAsync(cancel);
            return new(record.Version == version ? SaveOutcome.Unchanged : SaveOutcome.Saved, record, []);
        }
        catch (RecordRejectedException rejected)
        {
            return new(SaveOutcome.Invalid, record, rejected.Of(record));
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await type.FindAsync(db, record.Id, cancel) is { } now ? new(SaveOutcome.Stale, now, []) : new(SaveOutcome.NotFound, null, []);
        }
    }

    List<RecordProblem> Bind(RecordType type, Record record, IReadOnlyDictionary<string, string?> values, bool isNew)
    {
        var problems = new List<RecordProblem>();
        var context = db.Snapshot.Settings.FieldContext;
        foreach (var (name, text) in values)
        {
            if (type.Find(name) is not { } field) problems.Add(new(name, "There is no field '{0}'.", name) { Code = "not-found" });
            else if (Set(field, record, text, context, isNew) is { } problem) problems.Add(problem);
        }
        return problems;
    }

    static RecordProblem? Set(Field field, Record record, string? text, FieldContext context, bool isNew)
    {
        if (field.IsReadOnly) return text == field.Text(record) ? null : new(field.Name, "This field cannot be changed.") { Code = "read-only" };
        if (field.NumberPattern is not null && isNew && string.IsNullOrWhiteSpace(text)) return null;
        if (string.IsNullOrWhiteSpace(text)) return field.TrySet(record, null) ? null : new(field.Name, "Fill in this field.") { Code = "required" };
        if (!field.Kind.TryParse(text, field, context, out var value)) return new(field.Name, field.Kind.InvalidKey) { Code = "not-valid" };
        field.TrySet(record, value);
        return null;
    }
}
