using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Files;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy.Copies;

public sealed record CopyArguments(Guid CopyId);

/// <summary>Copies that were asked for: made in a job, fetched for a week by whoever asked. The caller has checked the right.</summary>
public sealed class PersonCopies(CrmDbContext db, TenantFiles files, JobQueue jobs, TimeProvider time) : IErasesPersonalData
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public async Task<PersonCopy> AskAsync(RecordReference person, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        var copy = new PersonCopy { RecordType = person.RecordType, RecordId = person.RecordId, AskedAt = now, AskedById = db.UserId, ExpiresAt = now + Kept };
        db.Add(copy);
        Note("PersonCopied", person.RecordType, person.RecordId);
        await jobs.AddAsync(MakePersonCopy.JobKind, new CopyArguments(copy.Id), cancel);
        return copy;
    }

    public Task<List<PersonCopy>> OfAsync(RecordReference person, CancellationToken cancel)
    {
        var (id, now) = (person.RecordId, Moments.Now(time));
        return db.Set<PersonCopy>().AsNoTracking().Where(c => c.RecordId == id && c.ExpiresAt > now).OrderByDescending(c => c.AskedAt).Take(5).ToListAsync(cancel);
    }

    /// <summary>Null when it is not there, not ready, over its time, or somebody else's. That it was fetched is noted.</summary>
    public async Task<Stream?> OpenAsync(Guid id, CancellationToken cancel)
    {
        var (now, me) = (Moments.Now(time), db.UserId);
        if (await db.Set<PersonCopy>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.MadeAt != null && c.ExpiresAt > now && c.AskedById == me, cancel) is not { } copy || !File.Exists(PathOf(id))) return null;
        Note("PersonCopyFetched", copy.RecordType, copy.RecordId);
        await db.SaveChangesAsync(cancel);
        return File.OpenRead(PathOf(id));
    }

    public async Task<int> EraseAsync(Person person, CancellationToken cancel)
    {
        var ids = person.Records.Select(r => r.RecordId).ToList();
        var copies = await db.Set<PersonCopy>().Where(c => ids.Contains(c.RecordId)).Select(c => c.Id).ToListAsync(cancel);
        copies.ForEach(Remove);
        var now = Moments.Now(time);
        return await db.WriteAsync(() => db.Set<PersonCopy>().Where(c => copies.Contains(c.Id) && c.ExpiresAt > now).ExecuteUpdateAsync(s => s.SetProperty(c => c.ExpiresAt, now), cancel), cancel);
    }

    public async Task RemoveExpiredAsync(CancellationToken cancel)
    {
        var now = Moments.Now(time);
        foreach (var id in await db.Set<PersonCopy>().Where(c => c.ExpiresAt <= now).Select(c => c.Id).ToListAsync(cancel)) Remove(id);
    }

    internal string PathOf(Guid id) => files.Locate(db.Snapshot.Tenant, $"copies/{id:N}.zip");

    void Remove(Guid id)
    {
        if (File.Exists(PathOf(id))) File.Delete(PathOf(id));
    }

    void Note(string action, string type, Guid id) => db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = action, RecordType = type, RecordId = id, Details = JsonSerializer.Serialize(new { }) });
}

public sealed class RemoveOldCopies(PersonCopies copies) : IPeriodicJob
{
    public string Name => "privacy.old-copies";
    public TimeSpan Every => TimeSpan.FromHours(6);

    public Task RunAsync(CancellationToken cancel) => copies.RemoveExpiredAsync(cancel);
}
