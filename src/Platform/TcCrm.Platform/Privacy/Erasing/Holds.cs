using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>Holds records against erasure and lets them go. The caller has checked the right.</summary>
public sealed class Holds(CrmDbContext db, TimeProvider time)
{
    public Task<LegalHold?> FindAsync(RecordReference record, CancellationToken cancel)
    {
        var (type, id) = (record.RecordType, record.RecordId);
        return db.Set<LegalHold>().FirstOrDefaultAsync(h => h.RecordId == id && h.RecordType == type && h.LiftedAt == null, cancel);
    }

    public Task<List<LegalHold>> PresentAsync(int most, CancellationToken cancel) =>
        db.Set<LegalHold>().AsNoTracking().Where(h => h.LiftedAt == null).OrderByDescending(h => h.SetAt).Take(most).ToListAsync(cancel);

    /// <exception cref="BusinessRuleException">There is no reason.</exception>
    public async Task SetAsync(RecordReference record, string reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new BusinessRuleException("Say why the record must be kept.", "reason");
        if (await FindAsync(record, cancel) is not null) return;
        db.Add(new LegalHold { RecordType = record.RecordType, RecordId = record.RecordId, Reason = reason.Trim(), SetAt = Moments.Now(time), SetById = db.UserId });
        await SaveAsync("HoldSet", record, cancel);
    }

    public async Task LiftAsync(RecordReference record, CancellationToken cancel)
    {
        if (await FindAsync(record, cancel) is not { } hold) return;
        (hold.LiftedAt, hold.LiftedById) = (Moments.Now(time), db.UserId);
        await SaveAsync("HoldLifted", record, cancel);
    }

    Task<int> SaveAsync(string action, RecordReference record, CancellationToken cancel)
    {
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = action, RecordType = record.RecordType, RecordId = record.RecordId, Details = JsonSerializer.Serialize(new { }) });
        return db.SaveChangesAsync(cancel);
    }
}
