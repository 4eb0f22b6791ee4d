using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Organisation;

/// <summary>From which day on a unit has stood below which. Rows are only added; of two of the same day the later one counts.</summary>
public sealed class UnitPlacing : IPlatformEntity
{
    public Guid Id { get; private set; } = Ids.Next();
    public Guid UnitId { get; init; }
    public Guid? ParentId { get; init; }
    /// <summary>Null for where it stood first. In the tenant's zone.</summary>
    public DateOnly? From { get; init; }
    public string Reason { get; init; } = "";
    public DateTime NotedAt { get; init; }
    public Guid? NotedById { get; init; }

    /// <summary>For each unit that a save adds or moves, through whatever door.</summary>
    internal static void Note(CrmDbContext db, IEnumerable<Change> changes, DateTime now)
    {
        var moved = changes.Where(c => c.Record is Unit unit && c.Name != "Deleted" && (c.Before is not Unit before || before.ParentId != unit.ParentId)).ToList();
        if (moved.Count == 0) return;
        var said = db.ChangeTracker.Entries<UnitPlacing>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.UnitId).ToHashSet(); // by a move, which knows day and reason
        var today = db.Services.GetRequiredService<Access>().Today;
        db.AddRange(moved.Where(c => !said.Contains(c.Record.Id)).Select(c =>
            new UnitPlacing { UnitId = c.Record.Id, ParentId = ((Unit)c.Record).ParentId, From = c.Before is null ? null : today, NotedAt = now, NotedById = db.UserId }));
    }
}
