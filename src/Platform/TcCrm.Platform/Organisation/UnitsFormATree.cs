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
        else if (await db.Set<Unit>().Where(u => u.Id == parentId).Select(u => (UnitKind?)u.Kind).FirstOrDefaultAsync(cancel) is { } above && above > unit.Kind)
            problems.Add(new(nameof(Unit.ParentId), "This kind of unit cannot stand below that one."));
    }

    /// <summary>Units of the same save stand where they are about to stand, all others where they do.</summary>
    async Task<bool> IsBelowAsync(Guid id, Guid ancestor, CancellationToken cancel)
    {
        var seen = new HashSet<Guid>();
        for (Guid? at = id; at is { } unit && seen.Add(unit);)
        {
            if (unit == ancestor) return true;
            at = db.Set<Unit>().Local.FindEntry(unit) is { } known ? known.Entity.ParentId : await db.Set<Unit>().Where(u => u.Id == unit).Select(u => u.ParentId).FirstOrDefaultAsync(cancel);
        }
        return false;
    }
}
