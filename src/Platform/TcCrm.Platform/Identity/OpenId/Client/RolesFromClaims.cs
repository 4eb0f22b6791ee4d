using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>At each sign-in, gives and takes the roles that mappings of the provider name, and no others. The last administrator stays one.</summary>
public sealed class RolesFromClaims(CrmDbContext db, UserRights rights, TimeProvider time)
{
    public async Task ApplyAsync(SignInProvider provider, ProviderPerson person, CrmUser user, CancellationToken cancel)
    {
        var mappings = await db.Set<ProviderRole>().AsNoTracking().Where(r => r.ProviderId == provider.Id && r.Claim != null).ToListAsync(cancel);
        if (mappings.Count == 0) return;
        await using var write = await db.BeginWriteAsync(cancel);
        await rights.HoldAdministratorsAsync(cancel);
        var names = await db.Roles.ToDictionaryAsync(r => r.Id, r => r.Name!, cancel);
        var has = await db.UserRoles.Where(m => m.UserId == user.Id).Select(m => m.RoleId).ToHashSetAsync(cancel);
        var wanted = mappings.Where(m => names.ContainsKey(m.RoleId) && person.Has(m.Claim!, m.Value)).Select(m => m.RoleId).ToHashSet();
        var (given, taken) = (wanted.Except(has).ToList(), mappings.Select(m => m.RoleId).Distinct().Where(r => has.Contains(r) && !wanted.Contains(r)).ToList());
        if (await rights.AdministratorsAsync(cancel) is { Count: 1 } last && last.Contains(user.Id)) taken.RemoveAll(r => names[r] == CrmRole.Administrator);
        if (given.Count + taken.Count == 0) return;
        db.UserRoles.AddRange(given.Select(r => new IdentityUserRole<Guid> { UserId = user.Id, RoleId = r }));
        await db.UserRoles.Where(m => m.UserId == user.Id && taken.Contains(m.RoleId)).ExecuteDeleteAsync(cancel);
        db.Audit(time, "RolesFromProvider", IdentityAudit.User, user.Id, new { provider = provider.Name, given = given.Select(r => names[r]), taken = taken.Select(r => names[r]) }, by: user.Id);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }
}
