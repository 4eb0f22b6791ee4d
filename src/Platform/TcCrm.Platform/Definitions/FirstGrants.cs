using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Definitions;

/// <summary>Who may do what with a type that is being made, inside the transaction that makes it. What roles knew of a removed type of the same name counts no more.</summary>
public sealed class FirstGrants(CrmDbContext db, TimeProvider time)
{
    static readonly RecordRight[] OfStaff = [RecordRight.View, RecordRight.Create, RecordRight.Edit];

    public async Task WriteAsync(string type, IReadOnlyCollection<(Guid Role, RecordRight Right)> grants, CancellationToken cancel)
    {
        var all = Enum.GetValues<RecordRight>().Select(r => RecordPermissions.NameOf(r, type)).ToList();
        await db.RoleClaims.Where(c => c.ClaimType == CrmRole.PermissionClaim && all.Contains(c.ClaimValue!)).ExecuteDeleteAsync(cancel);
        await db.Set<RoleReach>().Where(r => r.RecordType == type).ExecuteDeleteAsync(cancel);
        await db.Set<FieldRule>().Where(r => r.RecordType == type).ExecuteDeleteAsync(cancel);
        foreach (var role in grants.GroupBy(g => g.Role, g => RecordPermissions.NameOf(g.Right, type)))
        {
            db.RoleClaims.AddRange(role.Distinct().Select(name => new IdentityRoleClaim<Guid> { RoleId = role.Key, ClaimType = CrmRole.PermissionClaim, ClaimValue = name }));
            db.Audit(time, "Updated", IdentityAudit.Role, role.Key, new { granted = role.Distinct() });
        }
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What a type gets unless somebody chooses: the staff of the company look, make and change.</summary>
    public static IReadOnlyList<(Guid Role, RecordRight Right)> Usual(IEnumerable<CrmRole> roles) =>
        [.. roles.Where(r => r.Name == PlatformPermissions.StaffRole).SelectMany(r => OfStaff.Select(right => (r.Id, right)))];
}
