using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Organisation;

/// <summary>No unit stands below itself, none above a unit of an earlier kind.</summary>
sealed class UnitsFormATree(CrmDbContext db) : IRecordRule
{
    public string RecordType => "organisation.unit";

    public async ValueTask CheckAsync(Record record, ICollection<RecordProblem> problems, CancellationToken cancel)
    {
        var unit = (Unit)record;
        if (unit.ParentId is not { } parentId) return;
        await db.AloneAsync(RecordType, cancel); // two moves at once could close a circle that neither sees
        if (parentId == unit.Id || await IsBelowAsync(parentId, unit.Id, cancel)) problems.Add(new(nameof(Unit.ParentId), "A unit cannot stand below itself. Choose a unit that is not below this one."));
        else if (await FindAsync(parentId, cancel) is { } above && above.Kind > unit.Kind)
            problems.Add(new(nameof(Unit.ParentId), "This kind of unit cannot stand below that one."));
    }

    async Task<bool> IsBelowAsync(Guid id, Guid ancestor, CancellationToken cancel)
    {
        var seen = new HashSet<Guid>();
        for (Guid? at = id; at is { } unit && seen.Add(unit);)
        {
            if (unit == ancestor) return true;
            at = (await FindAsync(unit, cancel))?.ParentId;
        }
        return false;
    }

    /// <summary>Units of the same save as they are about to be, all others as they are.</summary>
    async Task<(Guid? ParentId, UnitKind Kind)?> FindAsync(Guid id, CancellationToken cancel) => db.Set<Unit>().Local.FindEntry(id)?.Entity is { } known ? (known.ParentId, known.Kind)
        : await db.Set<Unit>().Where(u => u.Id == id).Select(u => new { u.ParentId, u.Kind }).FirstOrDefaultAsync(cancel) is { } kept ? (kept.ParentId, kept.Kind) : null;
}
