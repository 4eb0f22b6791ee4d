using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Numbering;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Search;

namespace TcCrm.Platform.Records;

/// <summary>The records of a save that break a rule; nothing was written.</summary>
public sealed class RecordRejectedException(IReadOnlyList<(Record Record, RecordProblem Problem)> problems) : Exception($"{problems.Count} problems, the first: {problems[0].Problem.Key}")
{
    public IReadOnlyList<(Record Record, RecordProblem Problem)> Problems { get; } = problems;
    public IReadOnlyList<RecordProblem> Of(Record record) => [.. Problems.Where(p => ReferenceEquals(p.Record, record)).Select(p => p.Problem)];
}

/// <summary>What every save of records goes through, inside its transaction: numbers, rules, stamps, audit and outbox rows, index rows. No door goes round it.</summary>
sealed class SavePipeline(CrmDbContext db)
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    readonly List<Change> _changes = [];
    readonly List<AuditEntry> _history = [];
    readonly List<OutboxEntry> _events = [];
    readonly DateTime _now = Moments.Now(db.Services.GetRequiredService<TimeProvider>());

    public async Task PrepareAsync(CancellationToken cancel)
    {
        await Parts.FollowAsync(db, cancel);
        Collect();
        if (_changes.Count == 0) return;
        if (db.Way == SaveWay.Full) await RefuseBrokenRulesAsync(cancel); // first: a refused record must not take a number
        await NumberAsync(cancel);
        foreach (var change in _changes) Stamp(change);
        UnitPlacing.Note(db, _changes, _now);
    }

    /// <summary>What a save of the tracked changes would be refused for; nothing is written and no number taken.</summary>
    public static Task<List<(Record Record, RecordProblem Problem)>> ProblemsAsync(CrmDbContext db, CancellationToken cancel)
    {
        var pipeline = new SavePipeline(db);
        pipeline.Collect();
        return pipeline.ProblemsAsync(cancel);
    }

    /// <summary>After the rows are written, still in the transaction: history, events, what lists and search look things up in.</summary>
    public async Task FollowAsync(CancellationToken cancel)
    {
        AuditStamp.Put(db, _history);
        await PlainRows.AddAsync(db, _history, cancel);
        await PlainRows.AddAsync(db, _events, cancel);
        await IndexRows.WriteAsync(db, _changes, cancel);
        if (_changes.Exists(c => c.Record is Unit)) await UnitBelow.RewriteAsync(db, cancel);
    }

    void Collect()
    {
        foreach (var entry in db.ChangeTracker.Entries<Record>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList())
            if (ChangeOf(entry) is { } change) _changes.Add(change);
    }

    Change? ChangeOf(EntityEntry<Record> entry)
    {
        var type = db.TypeOf(entry.Entity);
        if (!type.Formulas.IsEmpty && entry.State != EntityState.Deleted) type.Formulas.Compute(entry.Entity, db.Snapshot.Settings.FieldContext);
        if (entry.State == EntityState.Added) return new(entry, type, "Created", null);
        if (entry.State == EntityState.Deleted)
        {
            entry.State = EntityState.Modified;
            Set(entry, nameof(Record.DeletedAt), _now);
            Set(entry, nameof(Record.DeletedById), db.UserId);
            return new(entry, type, "Deleted", null);
        }
        var restored = entry.Property(nameof(Record.DeletedAt)) is { IsModified: true, CurrentValue: null };
        var before = (Record)entry.OriginalValues.ToObject();
        if (restored || type.Fields.Any(f => f.Text(before) != f.Text(entry.Entity))) return new(entry, type, restored ? "Restored" : "Updated", before);
        entry.State = EntityState.Unchanged;
        return null;
    }

    async Task NumberAsync(CancellationToken cancel)
    {
        foreach (var change in _changes.Where(c => c.Name == "Created"))
            if (change.Type.Number is { } field && field.Value(change.Record) is null)
                field.Give(change.Record, await Numbers.NextAsync(db, change.Type, field, _now, cancel));
    }

    async Task RefuseBrokenRulesAsync(CancellationToken cancel)
    {
        if (await ProblemsAsync(cancel) is { Count: > 0 } problems) throw new RecordRejectedException(problems);
    }

    async Task<List<(Record Record, RecordProblem Problem)>> ProblemsAsync(CancellationToken cancel)
    {
        var problems = new List<(Record, RecordProblem)>();
        var rules = new TenantCatalogue(db.Services.GetRequiredService<Tenants.TenantContext>(), db.Services).Of<IRecordRule>().ToList();
        foreach (var change in _changes.Where(c => c.Name != "Deleted"))
        {
            problems.AddRange(FieldRules.ProblemsOf(change.Type, change.Record).Select(p => (change.Record, p)));
            var found = new List<RecordProblem>();
            foreach (var rule in rules.Where(r => r.RecordType == change.Type.Name)) await rule.CheckAsync(change.Record, found, cancel);
            problems.AddRange(found.Select(p => (change.Record, p)));
        }
        problems.AddRange(await ReferenceRules.ProblemsOfAsync(db, _changes, cancel));
        return problems;
    }

    void Stamp(Change change)
    {
        var entry = change.Entry;
        if (change.Name == "Created")
        {
            Set(entry, nameof(Record.CreatedAt), _now);
            Set(entry, nameof(Record.CreatedById), db.UserId);
            if (change.Record is IOwned { UnitId: null } owned) owned.UnitId = db.Services.GetRequiredService<Access>().Workplaces is [var place, ..] ? place.UnitId : null;
        }
        Set(entry, nameof(Record.Version), change.Record.Version + 1);
        if (db.Way == SaveWay.Unsaid) return;
        Set(entry, nameof(Record.ModifiedAt), _now);
        Set(entry, nameof(Record.ModifiedById), db.UserId);
        _history.Add(new AuditEntry { At = _now, UserId = db.UserId, Action = change.Name, RecordType = change.Type.Name, RecordId = change.Record.Id, Details = Details(change) });
        var happened = $"{change.Type.Name}.{change.Name}";
        if (db.Snapshot.HeardEvents.Has(db, change.Type.Name, happened)) _events.Add(new OutboxEntry { Event = happened, RecordType = change.Type.Name, RecordId = change.Record.Id, At = _now, UserId = db.UserId, DueAt = _now });
    }

    static string Details(Change change) => change.Name == "Deleted" ? "{}" : JsonSerializer.Serialize(change.Type.Fields
        .Select(f => (f.Name, Old: change.Before is null ? "" : f.Text(change.Before), New: f.Text(change.Record)))
        .Where(f => f.Old != f.New)
        .ToDictionary(f => f.Name, f => new[] { f.Old, f.New }), Readable);

    static void Set(EntityEntry entry, string property, object? value) => entry.Property(property).CurrentValue = value;
}

/// <summary>One record of a save and what happens to it.</summary>
sealed record Change(EntityEntry<Record> Entry, RecordType Type, string Name, Record? Before)
{
    public Record Record => Entry.Entity;
}

/// <summary>The present moment as both engines can keep it: to the microsecond.</summary>
static class Moments
{
    public static DateTime Now(TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }
}
