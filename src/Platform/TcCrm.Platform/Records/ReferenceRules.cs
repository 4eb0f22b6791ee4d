using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Identity;

namespace TcCrm.Platform.Records;

/// <summary>Rules that need to look at other rows: what a lookup points to exists, a unique value is taken by nobody else. One query a field, however many records.</summary>
static class ReferenceRules
{
    public static async Task<List<(Record, RecordProblem)>> ProblemsOfAsync(CrmDbContext db, IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        var problems = new List<(Record, RecordProblem)>();
        foreach (var group in changes.Where(c => c.Name != "Deleted").GroupBy(c => c.Type))
            foreach (var field in group.Key.Fields)
            {
                var changed = group.Where(c => IsAsked(field, c) && field.Value(c.Record) is not null).ToList();
                if (changed.Count == 0) continue;
                if (field.LookupType is not null || field.Kind.Name == "user") await FindMissingAsync(db, field, changed, problems, cancel);
                if (field.IsUnique) await FindTakenAsync(db, field, changed, problems, cancel);
            }
        return problems;
    }

    /// <summary>Meanwhile somebody may have taken the unique value of a record that comes back, or its owner may be gone.</summary>
    static bool IsAsked(Field field, Change change) =>
        change.Before is null || field.Text(change.Before) != field.Text(change.Record) || (change.Name == "Restored" && (field.IsUnique || field.IsWhole));

    static async Task FindMissingAsync(CrmDbContext db, Field field, List<Change> changed, List<(Record, RecordProblem)> problems, CancellationToken cancel)
    {
        var ids = changed.Select(c => (Guid)field.Value(c.Record)!).Distinct().ToList();
        var found = field.LookupType is not { } type ? await UsersAsync(db, ids, cancel)
            : db.Snapshot.RecordTypes.GetValueOrDefault(type) is { } target ? [.. (await target.FindManyAsync(db, ids, cancel)).Where(r => r.DeletedAt is null).Select(r => r.Id)]
            : [];
        // A record may point to one that the same save adds or brings back.
        found.UnionWith(db.ChangeTracker.Entries<Record>().Where(e => e.State == EntityState.Added || Parts.IsRestored(e)).Select(e => e.Entity.Id));
        problems.AddRange(changed.Where(c => !found.Contains((Guid)field.Value(c.Record)!)).Select(c => (c.Record, new RecordProblem(field.Name, KeyOf(field, c)) { Code = "not-found" })));
    }

    static string KeyOf(Field field, Change change) =>
        change.Name == "Restored" && field.IsWhole ? "The record that this one is part of is not there. Restore that first." : field.Kind.InvalidKey;

    static async Task<HashSet<Guid>> UsersAsync(CrmDbContext db, List<Guid> ids, CancellationToken cancel) =>
        [.. await db.Set<CrmUser>().Where(u => ids.Contains(u.Id)).Select(u => u.Id).ToListAsync(cancel)];

    static async Task FindTakenAsync(CrmDbContext db, Field field, List<Change> changed, List<(Record, RecordProblem)> problems, CancellationToken cancel)
    {
        var others = await changed[0].Type.FindByAsync(db, field, [.. changed.Select(c => field.Value(c.Record)!).Distinct()], right: null, cancel);
        var owner = others.Concat(changed.Select(c => c.Record)).GroupBy(field.Value).ToDictionary(g => g.Key!, g => g.Select(r => r.Id).Distinct().ToList());
        problems.AddRange(changed.Where(c => owner[field.Value(c.Record)!].Exists(id => id != c.Record.Id))
            .Select(c => (c.Record, new RecordProblem(field.Name, "Another record has this value already.") { Code = "not-unique" })));
    }
}
