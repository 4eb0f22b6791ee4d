using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Audit;

/// <summary>
/// Seals what has been written since the last time, block by block. Writers never wait for it: they leave digests, and this comes behind. The administration
/// lock makes it one node at a time, and keeps a backup from catching the database and the mark of its end at different moments.
/// </summary>
public sealed class SealAudit(CrmDbContext db, AdministrationLocks locks, AuditKey key, AuditHead head, TimeProvider time) : IPeriodicJob
{
    const int BlockSize = 1000;
    const int BlocksAtATime = 20;
    /// <summary>Ids count up in time but not in order of commit; a little later nearly all are in order.</summary>
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    public string Name => "audit.seal";
    public TimeSpan Every => TimeSpan.FromMinutes(30); // each run wakes a tenant that nobody uses

    public async Task RunAsync(CancellationToken cancel)
    {
        while (await SealAsync(Moments.Now(time) - Settled, cancel) == BlocksAtATime) db.ChangeTracker.Clear();
    }

    /// <summary>What is committed and was written up to this moment; no more than some blocks, so that other administrative steps get their turn. Returns their number.</summary>
    public async Task<int> SealAsync(DateTime until, CancellationToken cancel)
    {
        await using var held = await locks.TryTakeAsync(db.Snapshot.Tenant.Name, "sealing the audit log", cancel);
        if (held is null) return 0; // the next run comes soon enough
        var sealedNow = 0;
        while (sealedNow < BlocksAtATime && await SealBlockAsync(until, cancel) is { } block)
        {
            head.Write(block);
            sealedNow++;
        }
        return sealedNow;
    }

    async Task<AuditBlock?> SealBlockAsync(DateTime until, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var ids = await db.Set<AuditEntry>().Where(e => e.Block == null && e.At <= until).OrderBy(e => e.Id).Take(BlockSize).Select(e => e.Id).ToListAsync(cancel);
        if (ids.Count == 0) return null;
        var last = await db.Set<AuditBlock>().OrderByDescending(b => b.Number).Select(b => new { b.Number, b.Seal }).FirstOrDefaultAsync(cancel);
        var number = (last?.Number ?? 0) + 1;
        var entries = await MarkAsync(number, ids[0], ids[^1], until, cancel);
        var block = AuditBlock.Of(number, entries, last?.Seal ?? [], Moments.Now(time));
        block.Seal = block.SealWith(KeyFor(number));
        db.Add(block);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return block;
    }

    /// <summary>Who belongs to the block is what the mark has caught, also when more was committed since the ids were read.</summary>
    async Task<List<(Guid, byte[])>> MarkAsync(long number, Guid first, Guid last, DateTime until, CancellationToken cancel)
    {
        var range = db.Set<AuditEntry>().Where(e => e.Id.CompareTo(first) >= 0 && e.Id.CompareTo(last) <= 0);
        await range.Where(e => e.Block == null && e.At <= until).ExecuteUpdateAsync(s => s.SetProperty(e => e.Block, number), cancel);
        var mine = range.Where(e => e.Block == number);
        foreach (var bare in await mine.Where(e => e.Digest == null).ToListAsync(cancel)) bare.Complete();
        await db.SaveChangesAsync(cancel);
        return [.. (await mine.OrderBy(e => e.Id).Select(e => new { e.Id, Digest = e.Digest! }).ToListAsync(cancel)).Select(e => (e.Id, e.Digest))];
    }

    byte[] KeyFor(long number) => key.Find() ?? (number == 1 ? key.Make() : throw new BusinessRuleException("The key of the audit log's seals is gone, so nothing can be sealed or verified. Bring it back from a backup."));
}
