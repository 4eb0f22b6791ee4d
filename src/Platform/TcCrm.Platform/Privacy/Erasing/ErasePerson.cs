using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Mail;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Search;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>
/// Takes a person out of everything that is kept. First the list that outlives backups learns of it, then each store empties its own, and at the end,
/// in one transaction, records, history, search and events: whatever fails before is done again. The caller has checked the right.
/// </summary>
public sealed class ErasePerson(CrmDbContext db, People people, PersonRows rows, ITenantCatalogue catalogue, EraseAuditDetails history, ErasureContext context)
{
    /// <returns>What became of the main record; null when there is no such record.</returns>
    /// <exception cref="BusinessRuleException">The record is held.</exception>
    public Task<ErasureMode?> ExecuteAsync(RecordReference main, ErasureCause cause, CancellationToken cancel) => ExecuteAsync(main, cause, ErasureWatch.Nobody, cancel);

    public async Task<ErasureMode?> ExecuteAsync(RecordReference main, ErasureCause cause, ErasureWatch watch, CancellationToken cancel)
    {
        if (await people.FindAsync(main, cancel) is not { } person) return null;
        await context.RefuseHeldAsync(person, cause, cancel);
        await context.ListAsync(person, cancel);
        var stores = catalogue.Of<IErasesPersonalData>().ToList();
        foreach (var store in stores) await watch.Step(store.GetType().Name, await store.EraseAsync(person, cancel), stores.Count + 1);
        db.ChangeTracker.Clear();
        await using var write = await db.BeginWriteAsync(cancel);
        var mode = await EraseRecordsAsync(person, stores, cause, cancel);
        await watch.End(mode, person.Records.Count);
        await write.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return mode;
    }

    async Task<ErasureMode> EraseRecordsAsync(Person person, List<IErasesPersonalData> stores, ErasureCause cause, CancellationToken cancel)
    {
        var now = context.Now;
        await history.ThatRepeatAsync(person, cancel);
        var stays = new HashSet<RecordReference>();
        foreach (var record in person.Records.Reverse())
        {
            await history.OfRecordAsync(record.RecordType, record.RecordId, cancel);
            await ClearAsync(record, cancel);
            var mode = stays.Contains(record) || await IsNeededAsync(record, stores, cancel) ? ErasureMode.Emptied : ErasureMode.Removed;
            if (mode == ErasureMode.Emptied) await EmptyAsync(record, now, cancel);
            else await rows.RemoveAsync(record, cancel);
            if (mode == ErasureMode.Emptied) stays.UnionWith(person.Records.TakeWhile(r => r != record)); // a part that stays keeps its whole
            Note(record, mode, cause, now);
        }
        await db.SaveChangesAsync(cancel);
        return stays.Contains(person.Main) || await rows.FindAsync(db.Snapshot.RecordTypes[person.Main.RecordType], person.Main.RecordId, cancel) is not null ? ErasureMode.Emptied : ErasureMode.Removed;
    }

    async Task<bool> IsNeededAsync(RecordReference record, List<IErasesPersonalData> stores, CancellationToken cancel)
    {
        if (await rows.IsReferredToAsync(record, cancel)) return true;
        foreach (var store in stores)
            if (await store.NeedsAsync(record, cancel)) return true;
        return false;
    }

    /// <summary>What lies beside the row under its id.</summary>
    async Task ClearAsync(RecordReference record, CancellationToken cancel)
    {
        var (type, id) = (record.RecordType, record.RecordId);
        await SearchIndex.WriteAsync(db, type, id, null, isNew: false, cancel);
        await db.Set<MultiValue>().Where(v => v.RecordId == id && v.RecordType == type).ExecuteDeleteAsync(cancel);
        await db.Set<RecordShare>().Where(s => s.RecordId == id && s.RecordType == type).ExecuteDeleteAsync(cancel);
        await db.Set<OutboxEntry>().Where(e => e.RecordId == id && e.RecordType == type).ExecuteDeleteAsync(cancel);
    }

    async Task EmptyAsync(RecordReference record, DateTime now, CancellationToken cancel)
    {
        var type = db.Snapshot.RecordTypes[record.RecordType];
        await rows.EmptyAsync(record, type.Fields.Where(f => f.IsPersonal), context.Instead, now, cancel);
        if (await rows.FindAsync(type, record.RecordId, cancel) is not { DeletedAt: null } left) return;
        await SearchIndex.WriteAsync(db, type.Name, left.Id, type.SearchTextOf(left), isNew: false, cancel);
        foreach (var field in type.Fields.Where(f => f.Kind.IsMultiple))
            foreach (var word in field.Value(left) as List<string> ?? [])
                db.Add(new MultiValue { RecordType = type.Name, Field = field.Name, Value = word, RecordId = left.Id });
    }

    void Note(RecordReference record, ErasureMode mode, ErasureCause cause, DateTime now)
    {
        db.Add(new Erasure { RecordType = record.RecordType, RecordId = record.RecordId, At = now, UserId = db.UserId, Cause = cause, Mode = mode });
        db.Add(new AuditEntry { At = now, UserId = db.UserId, Action = "PersonErased", RecordType = record.RecordType, RecordId = record.RecordId, Details = JsonSerializer.Serialize(new { cause = cause.ToString(), mode = mode.ToString() }) });
        db.Add(new OutboxEntry { Event = $"{record.RecordType}.Erased", RecordType = record.RecordType, RecordId = record.RecordId, At = now, UserId = db.UserId, DueAt = now });
    }
}

/// <summary>What an erasure needs of its surroundings.</summary>
public sealed class ErasureContext(CrmDbContext db, ErasureList list, IText text, TimeProvider time)
{
    public DateTime Now => Moments.Now(time);

    /// <summary>Stands where a name must stand, in the company's own language.</summary>
    public string Instead => InLanguage.Of(db.Snapshot.Settings.Language, () => text["Erased person"]);

    public Task ListAsync(Person person, CancellationToken cancel) => list.AddAsync(db.Snapshot.Tenant.Name, person.Records, cancel);

    /// <summary>A restore repeats what had been done already.</summary>
    public async Task RefuseHeldAsync(Person person, ErasureCause cause, CancellationToken cancel)
    {
        if (cause == ErasureCause.Restore) return;
        var ids = person.Records.Select(r => r.RecordId).ToList();
        if (await db.Set<LegalHold>().Where(h => ids.Contains(h.RecordId) && h.LiftedAt == null).AnyAsync(cancel)) throw new BusinessRuleException("This record is held and cannot be erased. Lift the hold first.");
    }
}
