using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Records;

/// <summary>
/// Records that are part of another (<see cref="PartOfAttribute"/>) go to the recycle bin with it and come back with it, through every door
/// and with an audit row each. What somebody had deleted by itself before stays in the bin.
/// </summary>
static class Parts
{
    /// <summary>Inside the transaction of the save, before its changes are collected.</summary>
    public static async Task FollowAsync(CrmDbContext db, CancellationToken cancel)
    {
        var owners = new Queue<EntityEntry<Record>>(db.ChangeTracker.Entries<Record>().Where(e => e.State == EntityState.Deleted || IsRestored(e)));
        while (owners.TryDequeue(out var owner))
            foreach (var part in await OfAsync(db, owner, cancel))
            {
                if (owner.State == EntityState.Deleted) db.Remove(part);
                else Restore(db.Entry(part));
                owners.Enqueue(db.Entry(part));
            }
    }

    public static void Restore(EntityEntry<Record> entry)
    {
        entry.Property(nameof(Record.DeletedAt)).CurrentValue = null;
        entry.Property(nameof(Record.DeletedById)).CurrentValue = null;
    }

    public static bool IsRestored(EntityEntry<Record> entry) =>
        entry.State == EntityState.Modified && entry.Property(nameof(Record.DeletedAt)) is { IsModified: true, CurrentValue: null };

    /// <summary>Live parts of what is deleted; of what comes back, those that went at the same moment.</summary>
    static async Task<List<Record>> OfAsync(CrmDbContext db, EntityEntry<Record> owner, CancellationToken cancel)
    {
        var wentAt = owner.State == EntityState.Deleted ? null : (DateTime?)owner.Property(nameof(Record.DeletedAt)).OriginalValue;
        var name = db.TypeOf(owner.Entity).Name;
        var found = new List<Record>();
        foreach (var type in db.Snapshot.RecordTypes.Values)
            foreach (var field in type.Fields.Where(f => f.IsWhole && f.LookupType == name))
                found.AddRange(await type.FindPartsAsync(db, field, owner.Entity.Id, wentAt, cancel));
        return found;
    }
}
