using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;

namespace TcCrm.Platform.Permissions;

/// <summary>Where somebody works, on the days that hold.</summary>
public sealed record Workplace(Guid UnitId, string Unit, bool IsMain, DateOnly? From, DateOnly? Until);

/// <summary>A role as rights are decided by it.</summary>
/// <param name="IsEnabled">Else it gives nothing to those who have it.</param>
public sealed record RoleRights(Guid Id, bool IsEnabled, IReadOnlySet<string> Permissions, ILookup<(string Type, RecordRight Right), RoleReach> Reaches, IReadOnlyDictionary<(string Type, string Field), FieldLevel> Fields);

/// <summary>All that rights of a tenant are decided by, read once for its snapshot.</summary>
public sealed record TenantRights(
    IReadOnlyDictionary<string, RoleRights> Roles, ILookup<string, SharingRule> SharingRules, ILookup<Guid, Workplace> Workplaces, bool HasShares)
{
    public static readonly TenantRights None = new(new Dictionary<string, RoleRights>(), Array.Empty<SharingRule>().ToLookup(r => r.RecordType), Array.Empty<Workplace>().ToLookup(_ => Guid.Empty), false);

    public static async Task<TenantRights> ReadAsync(CrmDbContext db, IReadOnlyCollection<Permission> known)
    {
        var roles = await db.Roles.AsNoTracking().Select(r => new { r.Id, r.Name, r.IsEnabled }).ToListAsync();
        var claims = (await db.RoleClaims.AsNoTracking().Where(c => c.ClaimType == CrmRole.PermissionClaim).Select(c => new { c.RoleId, c.ClaimValue }).ToListAsync()).ToLookup(c => c.RoleId, c => c.ClaimValue!);
        var reaches = (await db.Set<RoleReach>().AsNoTracking().ToListAsync()).ToLookup(r => r.RoleId);
        var fields = (await db.Set<FieldRule>().AsNoTracking().ToListAsync()).ToLookup(r => r.RoleId);
        return new(
            roles.ToDictionary(r => r.Name!, r => new RoleRights(r.Id, r.IsEnabled, PermissionList.WithImplied(claims[r.Id], known),
                reaches[r.Id].ToLookup(x => (x.RecordType, x.Right)), fields[r.Id].ToDictionary(f => (f.RecordType, f.Field), f => f.Level)), StringComparer.Ordinal),
            (await db.Set<SharingRule>().AsNoTracking().Where(r => r.IsEnabled).ToListAsync()).ToLookup(r => r.RecordType),
            (await WorkplacesAsync(db)).ToLookup(w => w.User, w => w.Place),
            await db.Set<RecordShare>().AnyAsync());
    }

    static async Task<IEnumerable<(Guid User, Workplace Place)>> WorkplacesAsync(CrmDbContext db) =>
        (await (from assignment in db.Set<Assignment>().AsNoTracking()
                join unit in db.Set<Unit>() on assignment.UnitId equals unit.Id
                where assignment.DeletedAt == null && unit.DeletedAt == null
                orderby assignment.IsMain descending, assignment.Id
                select new { assignment.UserId, assignment.UnitId, unit.Name, assignment.IsMain, assignment.From, assignment.Until }).ToListAsync())
        .Select(a => (a.UserId, new Workplace(a.UnitId, a.Name, a.IsMain, a.From, a.Until)));
}
