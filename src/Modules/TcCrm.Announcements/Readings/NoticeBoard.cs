using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;

namespace TcCrm.Announcements;

/// <param name="ReadAt">In the tenant's zone; null while this user has not confirmed it.</param>
public sealed record Notice(Announcement Announcement, DateTime At, DateTime? ReadAt);

/// <summary>The announcements that are in force for the current user: for everybody, or for a unit that they work in or below.</summary>
public sealed class NoticeBoard(CrmDbContext db, Access access, CurrentUser user, TimeProvider time)
{
    /// <summary>The pinned ones first, then the newest.</summary>
    public async Task<IReadOnlyList<Notice>> ReadAsync(int most, bool unreadOnly, CancellationToken cancel)
    {
        var (mine, readings) = (Mine(), Readings());
        if (unreadOnly) mine = mine.Where(a => !readings.Any(r => r.AnnouncementId == a.Id));
        var found = await mine.OrderByDescending(a => a.IsPinned).ThenByDescending(a => a.Id).Take(most).ToListAsync(cancel);
        var ids = found.Select(a => a.Id).ToList();
        var read = await readings.Where(r => ids.Contains(r.AnnouncementId)).ToDictionaryAsync(r => r.AnnouncementId, r => r.At, cancel);
        return [.. found.Select(a => new Notice(a, Local(a.CreatedAt), read.TryGetValue(a.Id, out var at) ? Local(at) : null))];
    }

    /// <summary>Null when there is none for this user.</summary>
    public async Task<Notice?> FindAsync(Guid id, CancellationToken cancel)
    {
        if (await Mine().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } found) return null;
        var reading = await Readings().FirstOrDefaultAsync(r => r.AnnouncementId == id, cancel);
        return new(found, Local(found.CreatedAt), reading is null ? null : Local(reading.At));
    }

    /// <summary>Twice is once.</summary>
    public async Task ConfirmAsync(Guid id, CancellationToken cancel)
    {
        if (user.Id is not { } me) return;
        var now = time.GetUtcNow().UtcDateTime;
        await db.WriteAsync(() => db.Database.ExecuteSqlAsync($"INSERT INTO announcement_reading (announcement_id, user_id, at) VALUES ({db.IdParameter(id)}, {db.IdParameter(me)}, {now}) ON CONFLICT DO NOTHING", cancel), cancel);
    }

    /// <summary>Who has confirmed it, the last first, and how many they are.</summary>
    public async Task<(IReadOnlyList<AnnouncementReading> Last, int Count)> ReadersAsync(Guid id, int most, CancellationToken cancel)
    {
        var all = db.Set<AnnouncementReading>().AsNoTracking().Where(r => r.AnnouncementId == id);
        return (await all.OrderByDescending(r => r.At).Take(most).ToListAsync(cancel), await all.CountAsync(cancel));
    }

    public DateTime Local(DateTime moment) => TimeZoneInfo.ConvertTimeFromUtc(moment, db.Snapshot.Settings.Zone);

    IQueryable<AnnouncementReading> Readings()
    {
        var me = user.Id ?? Guid.Empty;
        return db.Set<AnnouncementReading>().AsNoTracking().Where(r => r.UserId == me);
    }

    IQueryable<Announcement> Mine()
    {
        var (today, units) = (access.Today, access.AllWorkplaces.Select(w => w.UnitId).ToList());
        return db.Set<Announcement>().AsNoTracking().Where(a => a.DeletedAt == null && (a.ShowFrom == null || a.ShowFrom <= today) && (a.ShowUntil == null || a.ShowUntil >= today)
            && (a.AudienceId == null || db.Set<UnitBelow>().Any(b => b.AncestorId == a.AudienceId && units.Contains(b.UnitId))));
    }
}
