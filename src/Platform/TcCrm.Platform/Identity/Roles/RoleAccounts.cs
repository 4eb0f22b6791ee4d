using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>The roles of the tenant and what they may. A change counts for everybody at the next request.</summary>
public sealed class RoleAccounts(RoleManager<CrmRole> roles, CrmDbContext db, Access access, UserRights rights, TenantRegistry registry, TimeProvider time)
{
    /// <summary>Permissions that the role holds itself, those implied by others left out.</summary>
    public async Task<HashSet<string>> PermissionsOfAsync(CrmRole role, CancellationToken cancel) =>
        [.. await db.RoleClaims.Where(c => c.RoleId == role.Id && c.ClaimType == CrmRole.PermissionClaim).Select(c => c.ClaimValue!).ToListAsync(cancel)];

    /// <summary>Creates or changes it. Permissions of features that are off stay as they were.</summary>
    /// <param name="shown">The permissions that could be chosen; <paramref name="granted"/> are those of them that were.</param>
    /// <exception cref="BusinessRuleException">It is protected, or a permission is one that the acting user does not hold.</exception>
    public async Task<IReadOnlyList<RecordProblem>> SaveAsync(CrmRole role, IReadOnlyCollection<string> shown, IReadOnlyCollection<string> granted, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(role.Name) || role.Name.Length > 100) return [new("Name", "A role needs a name of at most {0} characters.", 100) { Code = "required" }];
        if (role.Name == CrmRole.Administrator) throw new BusinessRuleException("The administrator may do everything; this role cannot be changed.");
        var known = await db.Roles.AsNoTracking().FirstOrDefaultAsync(r => r.Id == role.Id, cancel);
        if (known is { IsProtected: true } && known.Name != role.Name) throw new BusinessRuleException("This role belongs to the product and keeps its name.", "Name");
        var isNew = known is null;
        var before = await PermissionsOfAsync(role, cancel);
        var after = before.Except(shown).Concat(granted.Intersect(shown)).ToHashSet(StringComparer.Ordinal);
        RequireHeld(before, after);
        await RequireReachAsync(role.Id, after.Except(before).ToHashSet(StringComparer.Ordinal), cancel);
        await using var write = await db.BeginWriteAsync(cancel);
        var result = isNew ? await roles.CreateAsync(role) : await roles.UpdateAsync(role);
        if (!result.Succeeded) return result.Problems();
        foreach (var gone in before.Except(after)) await roles.RemoveClaimAsync(role, new Claim(CrmRole.PermissionClaim, gone));
        foreach (var added in after.Except(before)) await roles.AddClaimAsync(role, new Claim(CrmRole.PermissionClaim, added));
        db.Audit(time, isNew ? "Created" : "Updated", IdentityAudit.Role, role.Id, new { role.Name, granted = after.Except(before), withdrawn = before.Except(after) });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        await registry.TouchAsync(db.Snapshot.Tenant.Name, cancel);
        return [];
    }

    /// <exception cref="BusinessRuleException">It is protected or somebody has it.</exception>
    public async Task RemoveAsync(CrmRole role, CancellationToken cancel)
    {
        await RequireRemovableAsync(role, cancel);
        await using var write = await db.BeginWriteAsync(cancel);
        await db.RoleClaims.Where(c => c.RoleId == role.Id).ExecuteDeleteAsync(cancel);
        await db.Set<RoleReach>().Where(r => r.RoleId == role.Id).ExecuteDeleteAsync(cancel);
        await db.Set<FieldRule>().Where(r => r.RoleId == role.Id).ExecuteDeleteAsync(cancel);
        await roles.DeleteAsync(role);
        db.Audit(time, "Deleted", IdentityAudit.Role, role.Id, new { role.Name });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        await registry.TouchAsync(db.Snapshot.Tenant.Name, cancel);
    }

    /// <summary>A disabled role gives nothing to those who have it, until it is enabled again.</summary>
    /// <exception cref="BusinessRuleException">It is protected, one's own, or holds rights that the acting user does not.</exception>
    public async Task SwitchAsync(CrmRole role, bool isEnabled, CancellationToken cancel)
    {
        await RequireSwitchable(role, isEnabled);
        await using var write = await db.BeginWriteAsync(cancel);
        role.IsEnabled = isEnabled;
        await roles.UpdateAsync(role);
        db.Audit(time, isEnabled ? "Enabled" : "Disabled", IdentityAudit.Role, role.Id, new { role.Name });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        await registry.TouchAsync(db.Snapshot.Tenant.Name, cancel);
    }

    internal Task RequireSwitchable(CrmRole role, bool isEnabled)
    {
        if (role.IsEnabled == isEnabled) throw new BusinessRuleException(isEnabled ? "Is enabled already." : "Is disabled already.");
        if (!isEnabled && (role.IsProtected || role.Name == CrmRole.Administrator)) throw new BusinessRuleException("This role belongs to the product and cannot be disabled.");
        if (!isEnabled && !rights.IsAdministrator && rights.Has(role.Name!)) throw new BusinessRuleException("You have this role yourself, so somebody else must disable it.");
        rights.RequireMayGive([role.Name!]);
        return Task.CompletedTask;
    }

    internal async Task RequireRemovableAsync(CrmRole role, CancellationToken cancel)
    {
        if (role.IsProtected || role.Name == CrmRole.Administrator) throw new BusinessRuleException("This role belongs to the product and cannot be removed.");
        if (await db.UserRoles.CountAsync(m => m.RoleId == role.Id, cancel) is > 0 and var holders) throw new BusinessRuleException("{0} users have this role. Give them another one first.", null, holders);
    }

    /// <summary>A right that the role does not narrow reaches everything; who reaches less cannot give it.</summary>
    async Task RequireReachAsync(Guid role, HashSet<string> added, CancellationToken cancel)
    {
        var reaches = await db.Set<RoleReach>().AsNoTracking().Where(r => r.RoleId == role).ToListAsync(cancel);
        foreach (var type in db.Snapshot.RecordTypes.Keys)
            foreach (var right in Enum.GetValues<RecordRight>().Where(r => added.Contains(RecordPermissions.NameOf(r, type))))
                if (!access.Covers(right, type, reaches.Find(r => r.RecordType == type && r.Right == right)))
                    throw new BusinessRuleException("Your own rights do not reach that far, so you cannot give or take this.");
    }

    void RequireHeld(HashSet<string> before, HashSet<string> after)
    {
        var changed = before.Except(after).Concat(after.Except(before));
        if (changed.FirstOrDefault(p => !access.May(p)) is { } foreign) throw new BusinessRuleException("You do not hold the permission '{0}' yourself, so you cannot give or take it.", null, foreign);
    }
}
