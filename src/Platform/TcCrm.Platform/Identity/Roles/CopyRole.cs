using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>Makes a role with the same permissions, reaches and field rules under a name of its own.</summary>
public sealed class CopyRole(RoleManager<CrmRole> roles, CrmDbContext db, UserRights rights, TenantContext tenant, TenantRegistry registry, TimeProvider time)
{
    /// <param name="called">The name as the acting user reads it.</param>
    /// <exception cref="BusinessRuleException">It is the administrator's, or it holds rights that the acting user does not.</exception>
    public async Task<CrmRole> ExecuteAsync(CrmRole source, string called, CancellationToken cancel)
    {
        if (source.Name == CrmRole.Administrator) throw new BusinessRuleException("The administrator's role cannot be copied.");
        rights.RequireMayGive([source.Name!]);
        await using var write = await db.BeginWriteAsync(cancel);
        var copy = new CrmRole { Name = await FreeNameAsync(called, cancel), Description = source.Description, IsEnabled = source.IsEnabled, RequiresSecondFactor = source.RequiresSecondFactor };
        var made = await roles.CreateAsync(copy);
        if (!made.Succeeded) throw new BusinessRuleException(made.Errors.First().Description);
        var granted = await db.RoleClaims.Where(c => c.RoleId == source.Id && c.ClaimType == CrmRole.PermissionClaim).Select(c => c.ClaimValue!).ToListAsync(cancel);
        foreach (var permission in granted) await roles.AddClaimAsync(copy, new Claim(CrmRole.PermissionClaim, permission));
        foreach (var reach in await db.Set<RoleReach>().AsNoTracking().Where(r => r.RoleId == source.Id).ToListAsync(cancel))
            db.Add(new RoleReach { RoleId = copy.Id, RecordType = reach.RecordType, Right = reach.Right, Kind = reach.Kind, Details = reach.Details });
        foreach (var rule in await db.Set<FieldRule>().AsNoTracking().Where(r => r.RoleId == source.Id).ToListAsync(cancel))
            db.Add(new FieldRule { RoleId = copy.Id, RecordType = rule.RecordType, Field = rule.Field, Level = rule.Level });
        db.Audit(time, "Created", IdentityAudit.Role, copy.Id, new { copy.Name, copyOf = source.Name, granted });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        await registry.TouchAsync(tenant.Snapshot.Tenant.Name, cancel);
        return copy;
    }

    async Task<string> FreeNameAsync(string called, CancellationToken cancel)
    {
        const int longest = 90;
        var stem = called.Length > longest ? called[..longest] : called;
        var taken = (await db.Roles.Select(r => r.NormalizedName!).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        var number = 2;
        while (taken.Contains(roles.NormalizeKey($"{stem} ({number})")!)) number++;
        return $"{stem} ({number})";
    }
}
