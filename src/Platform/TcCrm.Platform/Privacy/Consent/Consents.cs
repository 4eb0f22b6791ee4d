using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy.Consent;

/// <summary>Where a person stands on one purpose. <paramref name="Last"/> is null while they were never asked.</summary>
public sealed record ConsentState(ConsentPurpose Purpose, ConsentEntry? Last)
{
    /// <summary>Whether the data may be used for it.</summary>
    public bool May => Purpose.IsInUse && (Last is null ? Purpose.Ground != LegalGround.Consent : Last.IsGiven && !IsOutdated);

    /// <summary>Given, but to a wording that no longer counts.</summary>
    public bool IsOutdated => Last is { IsGiven: true } given && Purpose.AsksAgain && given.WordingVersion != Purpose.WordingVersion;
}

/// <summary>What a person is noted to have said.</summary>
/// <param name="At">Null for now.</param>
public sealed record ConsentNote(RecordReference Person, Guid Purpose, bool IsGiven, ConsentChannel Channel, string Evidence, DateTime? At = null);

/// <summary>Consent of people, per purpose.</summary>
public sealed class Consents(CrmDbContext db, TimeProvider time) : IConsents
{
    static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    public async Task<bool> MayAsync(RecordReference person, string purpose, CancellationToken cancel) =>
        await db.Set<ConsentPurpose>().AsNoTracking().FirstOrDefaultAsync(p => p.Code == purpose && p.DeletedAt == null, cancel) is { } known
        && new ConsentState(known, await EntriesOf(person).Where(e => e.PurposeId == known.Id).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).FirstOrDefaultAsync(cancel)).May;

    /// <summary>Purposes in use, and those that the person has said something about.</summary>
    public async Task<IReadOnlyList<ConsentState>> OfAsync(RecordReference person, CancellationToken cancel)
    {
        var last = (await HistoryAsync(person, cancel)).GroupBy(e => e.PurposeId).ToDictionary(g => g.Key, g => g.First());
        var purposes = await db.Set<ConsentPurpose>().AsNoTracking().Where(p => p.DeletedAt == null).OrderBy(p => p.Name).ToListAsync(cancel);
        return [.. purposes.Select(p => new ConsentState(p, last.GetValueOrDefault(p.Id))).Where(s => s.Purpose.IsInUse || s.Last is not null)];
    }

    /// <summary>All that the person has said, the newest first.</summary>
    public Task<List<ConsentEntry>> HistoryAsync(RecordReference person, CancellationToken cancel) => EntriesOf(person).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).ToListAsync(cancel);

    /// <exception cref="BusinessRuleException">There is no such purpose, or the moment lies ahead.</exception>
    public async Task NoteAsync(IReadOnlyList<ConsentNote> notes, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        var purposes = await db.Set<ConsentPurpose>().AsNoTracking().Where(p => p.DeletedAt == null).ToDictionaryAsync(p => p.Id, cancel);
        foreach (var note in notes)
        {
            if (!purposes.TryGetValue(note.Purpose, out var purpose)) throw new BusinessRuleException("There is no such purpose.");
            if (note.At > now + ClocksDiffer) throw new BusinessRuleException("This moment lies in the future.", "At");
            db.Add(new ConsentEntry
            {
                RecordType = note.Person.RecordType,
                RecordId = note.Person.RecordId,
                PurposeId = note.Purpose,
                IsGiven = note.IsGiven,
                At = note.At ?? now,
                Channel = note.Channel,
                WordingVersion = purpose.WordingVersion,
                Evidence = note.Evidence.Trim(),
                NotedAt = now,
                NotedById = db.UserId,
            });
            db.Add(new AuditEntry
            {
                At = now,
                UserId = db.UserId,
                Action = note.IsGiven ? "ConsentGiven" : "ConsentWithdrawn",
                RecordType = note.Person.RecordType,
                RecordId = note.Person.RecordId,
                Details = JsonSerializer.Serialize(new { purpose = purpose.Code, channel = note.Channel.ToString() }),
            });
        }
        await db.SaveChangesAsync(cancel);
    }

    IQueryable<ConsentEntry> EntriesOf(RecordReference person)
    {
        var (type, id) = (person.RecordType, person.RecordId);
        return db.Set<ConsentEntry>().AsNoTracking().Where(e => e.RecordId == id && e.RecordType == type);
    }
}
