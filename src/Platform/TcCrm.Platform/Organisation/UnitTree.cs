using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Organisation;

/// <summary>A unit with those that stand directly below it.</summary>
public sealed record UnitNode(Unit Unit, int Depth, IReadOnlyList<UnitNode> Below)
{
    /// <summary>The unit and all below it, in the order in which a tree is drawn.</summary>
    public IEnumerable<UnitNode> Flat => Below.SelectMany(b => b.Flat).Prepend(this);
}

/// <summary>The company's units as a tree, for screens.</summary>
public sealed class UnitTree(CrmDbContext db, Access access)
{
    /// <summary>Every unit, for those who decide about rights.</summary>
    public Task<IReadOnlyList<UnitNode>> ReadAllAsync(CancellationToken cancel) => ReadAsync(null, null, cancel);

    /// <summary>Null where there is no such unit.</summary>
    public Task<string?> NameAsync(Guid unit, CancellationToken cancel) => db.Set<Unit>().Where(u => u.Id == unit && u.DeletedAt == null).Select(u => u.Name).FirstOrDefaultAsync(cancel);

    /// <summary>What the current user may see of it; a unit whose parent is not visible stands at the top.</summary>
    /// <param name="on">As it was on that day; null for as it is.</param>
    public async Task<IReadOnlyList<UnitNode>> ReadVisibleAsync(CancellationToken cancel, DateOnly? on = null) =>
        await ReadAsync(await VisibleAsync("organisation.unit", cancel), on, cancel);

    /// <summary>How many people work in each unit on the day, today unless told, as far as the current user may see who works where.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> StaffAsync(CancellationToken cancel, DateOnly? on = null)
    {
        var rows = await AssignmentsAsync(on ?? access.Today, cancel);
        return await rows.GroupBy(a => a.UnitId).Select(g => new { g.Key, Count = g.Select(a => a.UserId).Distinct().Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }

    /// <summary>How many units stand below, and how many people work there today, the latter as far as the current user may see.</summary>
    public async Task<(int Units, int People)> BelowAsync(Guid unit, CancellationToken cancel)
    {
        var below = await db.Set<UnitBelow>().Where(b => b.AncestorId == unit).Select(b => b.UnitId).ToListAsync(cancel);
        var rows = await AssignmentsAsync(access.Today, cancel);
        return (below.Count - 1, await rows.Where(a => below.Contains(a.UnitId)).Select(a => a.UserId).Distinct().CountAsync(cancel));
    }

    async Task<IQueryable<Assignment>> AssignmentsAsync(DateOnly day, CancellationToken cancel)
    {
        var rows = db.Set<Assignment>().Where(a => a.DeletedAt == null && (a.From == null || a.From <= day) && (a.Until == null || a.Until >= day));
        return await VisibleAsync("organisation.assignment", cancel) is { } visible ? rows.Where(a => visible.Contains(a.Id)) : rows;
    }

    async Task<IQueryable<Guid>?> VisibleAsync(string type, CancellationToken cancel) => (await db.Snapshot.RecordTypes[type].VisibleIdsAsync(db, cancel)).Ids;

    async Task<IReadOnlyList<UnitNode>> ReadAsync(IQueryable<Guid>? visible, DateOnly? on, CancellationToken cancel)
    {
        var rows = db.Set<Unit>().AsNoTracking().Where(u => u.DeletedAt == null);
        if (visible is not null) rows = rows.Where(u => visible.Contains(u.Id));
        var units = await rows.OrderBy(u => u.Kind).ThenBy(u => u.Name).ToListAsync(cancel);
        if (on is { } day) units.RemoveAll(u => u.OpenedOn > day || u.ClosedOn < day);
        var parents = on is null ? units.ToDictionary(u => u.Id, u => u.ParentId) : await ParentsOnAsync(on.Value, cancel);
        var known = units.Select(u => u.Id).ToHashSet();
        var below = units.ToLookup(u => parents.GetValueOrDefault(u.Id) is { } parent && known.Contains(parent) ? (Guid?)parent : null);
        return NodesOf(below, null, 0);
    }

    /// <summary>Below which unit each stood on the day.</summary>
    async Task<Dictionary<Guid, Guid?>> ParentsOnAsync(DateOnly day, CancellationToken cancel) =>
        (await db.Set<UnitPlacing>().AsNoTracking().Where(p => p.From == null || p.From <= day).ToListAsync(cancel))
            .GroupBy(p => p.UnitId).ToDictionary(g => g.Key, g => g.MaxBy(p => (p.From ?? DateOnly.MinValue, p.NotedAt, p.Id))!.ParentId);

    static List<UnitNode> NodesOf(ILookup<Guid?, Unit> below, Guid? parent, int depth) =>
        [.. below[parent].Select(u => new UnitNode(u, depth, NodesOf(below, u.Id, depth + 1)))];
}
