using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using TcCrm.Platform.Data;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>Who somebody is while they look as somebody else: the other's name and roles, with the viewer as actor, which takes away all that the viewer may not.</summary>
public sealed class ViewedIdentity(CrmDbContext db, ViewAs viewAs, UnitTree units, TenantContext tenant)
{
    /// <summary>Asked at every request of a session that looks so. Null when it is over: the time is up, or one of the two has changed in the meantime.</summary>
    internal async Task<ClaimsIdentity?> OfAsync(UserSession session, ClaimsIdentity viewer, DateTime now, CancellationToken cancel)
    {
        if (session.ViewedUntil > now && viewAs.MayBegin(viewer) && await FindAsync(session, cancel) is { } viewed)
        {
            viewed.Actor = viewer;
            return viewed;
        }
        await viewAs.EndAsync(session, session.ViewedUntil < now ? session.ViewedUntil!.Value : now, cancel);
        return null;
    }

    async Task<ClaimsIdentity?> FindAsync(UserSession session, CancellationToken cancel) =>
        session.ViewedUserId is { } user ? await OfUserAsync(user, cancel) : await OfRoleAsync(session.ViewedRoleId, session.ViewedUnitId, cancel);

    async Task<ClaimsIdentity?> OfUserAsync(Guid user, CancellationToken cancel)
    {
        var rows = await Sessions.FactsAsync(db, user, cancel);
        return rows is [{ IsEnabled: true }, ..] && !rows.Any(r => r.Role == CrmRole.Administrator) ? Sessions.IdentityOf(user, rows, IdentityConstants.ApplicationScheme) : null;
    }

    /// <summary>Somebody who does not exist, with this role alone, at work in this unit alone.</summary>
    async Task<ClaimsIdentity?> OfRoleAsync(Guid? id, Guid? unit, CancellationToken cancel)
    {
        var (role, rights) = tenant.Snapshot.Rights.Roles.FirstOrDefault(r => r.Value.Id == id);
        if (rights is not { IsEnabled: true } || role == CrmRole.Administrator) return null;
        var place = unit is { } at ? await units.NameAsync(at, cancel) : null;
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, Guid.Empty.ToString()), new(ClaimTypes.Name, role), new(CurrentUser.DisplayNameClaim, role), new(ClaimTypes.Role, role)], IdentityConstants.ApplicationScheme);
        if (place is not null) identity.AddClaims([new(CurrentUser.ViewedUnitClaim, unit.ToString()!), new(CurrentUser.ViewedUnitNameClaim, place)]);
        return identity;
    }
}
