using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>How far a role reaches on one record type and what it leaves of the fields; what is not listed is not narrowed.</summary>
public sealed record RoleNarrowing(IReadOnlyList<RoleReach> Reaches, IReadOnlyList<FieldRule> Fields);

/// <summary>Reads and changes what narrows a role on a record type. A change counts for everybody at the next request.</summary>
public sealed class RoleNarrowings(CrmDbContext db, Access access, TenantContext tenant, TenantRegistry registry, TimeProvider time)
{
    /// <summary>The rights whose reach can be chosen; the others follow what may be seen.</summary>
    public static readonly IReadOnlyList<RecordRight> Rights = [RecordRight.View, RecordRight.Edit, RecordRight.Delete];

    public async Task<RoleNarrowing> ReadAsync(Guid role, string type, CancellationToken cancel) => new(
        await db.Set<RoleReach>().AsNoTracking().Where(r => r.RoleId == role && r.RecordType == type && Rights.Contains(r.Right)).ToListAsync(cancel),
        await db.Set<FieldRule>().AsNoTracking().Where(r => r.RoleId == role && r.RecordType == type).ToListAsync(cancel));

    /// <summary>Of all types, for an overview.</summary>
    public async Task<ILookup<string, (RoleReach? Reach, FieldRule? Field)>> ReadAsync(Guid role, CancellationToken cancel)
    {
        var reaches = await db.Set<RoleReach>().AsNoTracking().Where(r => r.RoleId == role && r.Kind != ReachKind.All).OrderBy(r => r.Right).ToListAsync(cancel);
        var fields = await db.Set<FieldRule>().AsNoTracking().Where(r => r.RoleId == role && r.Level != FieldLevel.Open).ToListAsync(cancel);
        return reaches.Select(r => (r.RecordType, ((RoleReach?)r, (FieldRule?)null))).Concat(fields.Select(f => (f.RecordType, ((RoleReach?)null, (FieldRule?)f)))).ToLookup(p => p.RecordType, p => p.Item2);
    }

    /// <exception cref="BusinessRuleException">The role is the administrator's, or the acting user does not hold what they would give or take.</exception>
    public async Task SaveAsync(CrmRole role, string type, RoleNarrowing after, CancellationToken cancel)
    {
        if (role.Name == CrmRole.Administrator) throw new BusinessRuleException("The administrator may do everything; this role cannot be changed.");
        await using var write = await db.BeginWriteAsync(cancel);
        var before = await ReadAsync(role.Id, type, cancel);
        RequireHeld(type, before, after);
        await db.Set<RoleReach>().Where(r => r.RoleId == role.Id && r.RecordType == type && Rights.Contains(r.Right)).ExecuteDeleteAsync(cancel);
        await db.Set<FieldRule>().Where(r => r.RoleId == role.Id && r.RecordType == type).ExecuteDeleteAsync(cancel);
        db.AddRange(after.Reaches.Where(r => r.Kind != ReachKind.All));
        db.AddRange(after.Fields.Where(f => f.Level != FieldLevel.Open));
        db.Audit(time, "Updated", IdentityAudit.Role, role.Id, new { role.Name, type, before = Told(before), after = Told(after) });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        await registry.TouchAsync(tenant.Snapshot.Tenant.Name, cancel);
    }

    void RequireHeld(string type, RoleNarrowing before, RoleNarrowing after)
    {
        foreach (var right in Rights)
        {
            var (was, becomes) = (ReachIn(before, right), ReachIn(after, right));
            if (was?.Kind == becomes?.Kind && was?.Details == becomes?.Details) continue;
            if (!access.Covers(right, type, was) || !access.Covers(right, type, becomes))
                throw new BusinessRuleException("Your own rights do not reach that far, so you cannot give or take this.", $"Reaches[{Rights.ToList().IndexOf(right)}].Kind");
        }
        foreach (var field in before.Fields.Concat(after.Fields).Select(f => f.Field).Distinct())
        {
            var (was, becomes) = (LevelIn(before, field), LevelIn(after, field));
            if (was != becomes && access.LevelOf(type, field) < (was > becomes ? was : becomes))
                throw new BusinessRuleException("Your own rights do not reach that far, so you cannot give or take this.", $"Levels[{field}]");
        }
    }

    static RoleReach? ReachIn(RoleNarrowing narrowing, RecordRight right) => narrowing.Reaches.FirstOrDefault(r => r.Right == right && r.Kind != ReachKind.All);

    static FieldLevel LevelIn(RoleNarrowing narrowing, string field) => narrowing.Fields.FirstOrDefault(f => f.Field == field)?.Level ?? FieldLevel.Open;

    static object Told(RoleNarrowing narrowing) => new
    {
        reaches = narrowing.Reaches.Where(r => r.Kind != ReachKind.All).ToDictionary(r => r.Right.ToString(), r => $"{r.Kind} {r.Details}"),
        fields = narrowing.Fields.Where(f => f.Level != FieldLevel.Open).ToDictionary(f => f.Field, f => f.Level.ToString()),
    };
}
