using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Audit;

/// <summary>
/// Takes out of the log what it says about a person: changed values, addresses. That something was done, when, by whom and to which record stays, and so does
/// the proof of it. Each erasure is an entry that names those it emptied; without such an entry a gap counts as a forgery.
/// </summary>
public sealed class EraseAuditDetails(CrmDbContext db, TimeProvider time)
{
    const int Batch = 200;

    /// <summary>What was done to a record.</summary>
    /// <returns>Entries emptied.</returns>
    public Task<int> OfRecordAsync(string recordType, Guid recordId, CancellationToken cancel) =>
        EraseAsync(db.Set<AuditEntry>().Where(e => e.RecordId == recordId && e.RecordType == recordType), cancel);

    /// <summary>Where a user came from, and what was done to their account. What they did to records stays.</summary>
    public Task<int> OfUserAsync(Guid userId, CancellationToken cancel) =>
        EraseAsync(db.Set<AuditEntry>().Where(e => e.RecordId == userId && e.RecordType == Identity.IdentityAudit.User), cancel);

    /// <summary>Entries about no record in particular whose details repeat what identifies a person, such as the filter of an export.</summary>
    public async Task<int> ThatRepeatAsync(Person person, CancellationToken cancel)
    {
        var found = new HashSet<Guid>();
        foreach (var value in person.TellingValues.SelectMany(v => new[] { v, JsonEncodedText.Encode(v).Value }).Distinct())
            foreach (var entry in await db.Set<AuditEntry>().Where(e => e.RecordId == null && e.ErasedAt == null && e.Details.Contains(value)).Select(e => new { e.Id, e.Details }).ToListAsync(cancel))
                if (entry.Details.Contains("\"filters\"", StringComparison.OrdinalIgnoreCase)) found.Add(entry.Id);
        var ids = found.ToList();
        return ids.Count == 0 ? 0 : await EraseAsync(db.Set<AuditEntry>().Where(e => ids.Contains(e.Id)), cancel);
    }

    async Task<int> EraseAsync(IQueryable<AuditEntry> about, CancellationToken cancel)
    {
        var erased = 0;
        while (await EraseSomeAsync(about, cancel) is > 0 and var some) erased += some;
        return erased;
    }

    /// <summary>A transaction for each batch, unless the caller has one: writers need not wait until all is gone.</summary>
    Task<int> EraseSomeAsync(IQueryable<AuditEntry> about, CancellationToken cancel) => db.WriteAsync(async () =>
    {
        var entries = await about.Where(e => e.ErasedAt == null).OrderBy(e => e.Id).Take(Batch).ToListAsync(cancel);
        if (entries.Count == 0) return 0;
        var now = Moments.Now(time);
        foreach (var entry in entries) entry.Erase(now);
        var named = new Dictionary<string, IEnumerable<Guid>> { [EntryCheck.ErasedEntries] = entries.Select(e => e.Id) };
        db.Add(new AuditEntry { At = now, UserId = db.UserId, Action = EntryCheck.ErasedAction, RecordType = entries[0].RecordType, Details = JsonSerializer.Serialize(named) });
        await db.SaveChangesAsync(cancel);
        return entries.Count;
    }, cancel);
}
