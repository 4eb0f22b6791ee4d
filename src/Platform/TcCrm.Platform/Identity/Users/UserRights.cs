using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>Who may do what to whom: nobody hands out, or takes over by a new password, more rights than they have; an administrator always remains.</summary>
public sealed class UserRights(CrmDbContext db, CurrentUser user, Access access, TenantContext tenant)
{
    public bool IsAdministrator => user.IsSystem || (user.Limit is null && user.Roles.Contains(CrmRole.Administrator));

    public bool MayGive(string role) => IsAdministrator
        || (role != CrmRole.Administrator && (!tenant.Snapshot.Rights.Roles.TryGetValue(role, out var rights) || access.Covers(rights)));

    public void RequireMayGive(IEnumerable<string> roles)
    {
        if (roles.FirstOrDefault(r => !MayGive(r)) is { } role) throw new BusinessRuleException("The role '{0}' holds rights that you do not have, so only somebody who has them may do this.", null, role);
    }

    public bool Has(string role) => user.Roles.Contains(role);

    /// <summary>Two administrators who disable each other at the same moment wait for each other here: the row of the role is held until the end of the transaction.</summary>
    /// <returns>Whether there is somebody now; a tenant that is being set up has nobody yet.</returns>
    public async Task<bool> HoldAdministratorsAsync(CancellationToken cancel)
    {
        await db.Roles.Where(r => r.Name == CrmRole.Administrator).ExecuteUpdateAsync(s => s.SetProperty(r => r.IsProtected, true), cancel);
        return await Administrators.AnyAsync(cancel);
    }

    /// <param name="were">Whether there was somebody before.</param>
    /// <exception cref="BusinessRuleException">There would be nobody left.</exception>
    public async Task RequireAdministratorAsync(bool were, CancellationToken cancel)
    {
        if (were && !await Administrators.AnyAsync(cancel)) throw new BusinessRuleException("This is the last administrator. Make somebody else an administrator first.");
    }

    public Task<HashSet<Guid>> AdministratorsAsync(CancellationToken cancel) => Administrators.ToHashSetAsync(cancel);

    IQueryable<Guid> Administrators => from membership in db.UserRoles
                                       join role in db.Roles on membership.RoleId equals role.Id
                                       join holder in db.Users on membership.UserId equals holder.Id
                                       where role.Name == CrmRole.Administrator && holder.IsEnabled
                                       select holder.Id;
}
