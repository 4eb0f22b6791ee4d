using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy.Retention;

/// <summary>What a rule finds: records whose time is over, and those of them that are held. Counted up to <see cref="ApplyRetention.MostCounted"/>.</summary>
public sealed record RetentionPreview(int Due, int Held);

/// <summary>
/// Applies a rule record by record, each in its own transaction: broken off at any point, the next run finds what is left. Held records stay, and so do those
/// that cannot go because others point to them.
/// </summary>
public sealed class ApplyRetention(CrmDbContext db, PersonRows rows, ErasePerson erase, EmptyFields empty, TimeProvider time)
{
    public const int MostCounted = 100_000;
    const int Batch = 200;

    public async Task<RetentionPreview> PreviewAsync(RetentionRule rule, CancellationToken cancel)
    {
        var (due, held) = (0, 0);
        await foreach (var some in DueAsync(rule, cancel))
        {
            var (open, kept) = await SortAsync(rule, some, cancel);
            (due, held) = (due + open.Count, held + kept);
            if (due >= MostCounted) break;
        }
        return new(due, held);
    }

    /// <returns>Records that went or were emptied.</returns>
    public async Task<int> ExecuteAsync(RetentionRule rule, CancellationToken cancel)
    {
        var done = 0;
        await foreach (var some in DueAsync(rule, cancel))
            foreach (var id in (await SortAsync(rule, some, cancel)).Open)
                if (await ApplyAsync(rule, new(rule.RecordType, id), cancel)) done++;
        var now = Moments.Now(time);
        await db.WriteAsync(async () =>
        {
            await db.Set<RetentionRule>().Where(r => r.Id == rule.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.RanAt, now).SetProperty(r => r.LastCount, done), cancel);
            if (done > 0) db.Add(new AuditEntry { At = now, UserId = db.UserId, Action = "RetentionApplied", RecordType = rule.RecordType, Details = JsonSerializer.Serialize(new { Name = rule.Name, Records = done }) });
            return await db.SaveChangesAsync(cancel);
        }, cancel);
        return done;
    }

    async Task<bool> ApplyAsync(RetentionRule rule, RecordReference record, CancellationToken cancel) => rule.Action switch
    {
        RetentionAction.EmptyFields => await empty.ExecuteAsync(record, rule.Fields, cancel),
        RetentionAction.Delete when await rows.IsReferredToAsync(record, cancel) => false,
        _ => await erase.ExecuteAsync(record, ErasureCause.Retention, cancel) is not null,
    };

    /// <summary>Ids in the order in which records were made, batch by batch.</summary>
    async IAsyncEnumerable<IReadOnlyList<Guid>> DueAsync(RetentionRule rule, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        if (db.Snapshot.RecordTypes.GetValueOrDefault(rule.RecordType) is not { } type) yield break;
        for (var last = Guid.Empty; ;)
        {
            var some = await type.DueAsync(db, FiltersOf(rule), SinceOf(rule), Limit(rule), last, Batch, cancel);
            if (some.Count > 0) yield return some;
            if (some.Count < Batch) yield break;
            last = some[^1];
        }
    }

    /// <summary>Without the held ones, those emptied already, and those that a deletion must leave.</summary>
    async Task<(List<Guid> Open, int Held)> SortAsync(RetentionRule rule, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var type = db.Snapshot.RecordTypes[rule.RecordType];
        var held = await db.Set<LegalHold>().Where(h => ids.Contains(h.RecordId) && h.LiftedAt == null).Select(h => h.RecordId).Distinct().ToListAsync(cancel);
        var emptied = (await db.Set<Erasure>().Where(e => ids.Contains(e.RecordId) && e.Mode == ErasureMode.Emptied).Select(e => new { e.RecordId, e.At }).ToListAsync(cancel)).ToLookup(e => e.RecordId, e => e.At);
        var open = new List<Guid>();
        foreach (var id in ids.Except(held))
        {
            if (await rows.FindAsync(type, id, cancel) is not { } record) continue;
            if (rule.Action == RetentionAction.EmptyFields ? !rule.Fields.Exists(f => type.Find(f)?.Value(record) is not null) : emptied[id].Any(at => at >= record.ModifiedAt)) continue;
            if (rule.Action != RetentionAction.Delete || !await rows.IsReferredToAsync(new(rule.RecordType, id), cancel)) open.Add(id);
        }
        return (open, held.Count);
    }

    /// <summary>A field of days or moments is asked as a filter of the list is.</summary>
    List<FieldFilter> FiltersOf(RetentionRule rule) => rule.Since is RetentionRule.Created or RetentionRule.LastChanged ? [.. rule.ReadFilters()]
        : [.. rule.ReadFilters(), new(rule.Since, "lt", TimeZoneInfo.ConvertTimeFromUtc(Limit(rule), db.Snapshot.Settings.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];

    static string? SinceOf(RetentionRule rule) => rule.Since is RetentionRule.Created or RetentionRule.LastChanged ? rule.Since : null;

    DateTime Limit(RetentionRule rule) => Moments.Now(time).AddDays(-rule.Days);
}

/// <summary>Every night, each rule that is on.</summary>
public sealed class ApplyRetentionDaily(CrmDbContext db, ApplyRetention apply) : IPeriodicJob
{
    public string Name => "privacy.retention";
    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var rule in await db.Set<RetentionRule>().AsNoTracking().Where(r => r.IsEnabled).OrderBy(r => r.Id).ToListAsync(cancel)) await apply.ExecuteAsync(rule, cancel);
    }
}
