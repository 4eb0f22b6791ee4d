using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>What was shared with the person by name is shared with the successor, or with nobody.</summary>
sealed class LeftShares(CrmDbContext db, TenantRegistry registry) : ILeftBehind
{
    public async Task<IReadOnlyList<LeftItem>> CountAsync(Guid user, CancellationToken cancel)
    {
        var items = new List<LeftItem>();
        if (await Shares(user).CountAsync(cancel) is > 0 and var shares) items.Add(new("Records shared with them", shares, Ends: false));
        if (await Rules(user).CountAsync(cancel) is > 0 and var rules) items.Add(new("Sharing rules", rules, Ends: false));
        return items;
    }

    public async Task HandOverAsync(Guid user, Guid? successor, Func<int, Task> report, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var shares = await Shares(user).ToListAsync(cancel);
        var known = successor is null ? [] : (await Shares(successor.Value).Select(s => s.RecordId).ToListAsync(cancel)).ToHashSet();
        db.RemoveRange(shares);
        if (successor is { } next)
            db.AddRange(shares.Where(s => !known.Contains(s.RecordId)).Select(s => new RecordShare { RecordId = s.RecordId, WithId = next, WithKind = ShareWith.User, RecordType = s.RecordType, MayEdit = s.MayEdit, Until = s.Until, SharedAt = s.SharedAt, SharedById = s.SharedById }));
        var rules = await Rules(user).ToListAsync(cancel);
        foreach (var rule in rules) (rule.WithId, rule.IsEnabled) = (successor ?? rule.WithId, successor is not null);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        if (rules.Count > 0) await registry.TouchAsync(db.Snapshot.Tenant.Name, cancel);
        await report(shares.Count + rules.Count);
    }

    IQueryable<RecordShare> Shares(Guid user) => db.Set<RecordShare>().Where(s => s.WithKind == ShareWith.User && s.WithId == user);
    IQueryable<SharingRule> Rules(Guid user) => db.Set<SharingRule>().Where(r => r.WithKind == ShareWith.User && r.WithId == user && r.IsEnabled);
}
