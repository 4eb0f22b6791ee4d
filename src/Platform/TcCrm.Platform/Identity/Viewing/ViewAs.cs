using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>
/// Looks at the tenant as a user, or as a role in a unit. It is a state of the viewer's own session: it ends with it, after <see cref="Lasts"/>, and at will.
/// Nothing can be written meanwhile (<see cref="ViewingGate"/> and the write gate refuse it), and nobody sees more than they may themselves.
/// </summary>
public sealed class ViewAs(CrmDbContext db, UserRights rights, UnitTree units, TenantContext tenant, IHttpContextAccessor http, TimeProvider time)
{
    public const int LongestReason = 500;
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);
    internal const string Refusal = "You are looking as somebody else: nothing can be changed. Go back to yourself first.";
    const string OnlyOthers = "Nobody can look as themselves.";

    /// <exception cref="BusinessRuleException">The user holds rights that the viewer has not, is an administrator, or cannot sign in.</exception>
    public async Task BeginAsync(CrmUser viewed, string? reason, CancellationToken cancel)
    {
        if (viewed.Id == db.UserId) throw new BusinessRuleException(OnlyOthers);
        if (!viewed.IsEnabled) throw new BusinessRuleException("{0} is disabled and cannot sign in.", null, viewed.Called);
        var roles = await db.UserRoles.Where(m => m.UserId == viewed.Id).Join(db.Roles, m => m.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel);
        RequireMayView(roles);
        await BeginAsync(s => s.ViewedUserId = viewed.Id, IdentityAudit.User, viewed.Id, ReasonOf(reason), null, cancel);
    }

    /// <param name="unit">Null for somebody who works in no unit.</param>
    public async Task BeginAsync(CrmRole viewed, Guid? unit, string? reason, CancellationToken cancel)
    {
        RequireMayView([viewed.Name!]);
        if (!viewed.IsEnabled) throw new BusinessRuleException("The role is disabled and gives nothing.");
        var place = unit is not { } at ? null : await units.NameAsync(at, cancel) ?? throw new BusinessRuleException("There is no such unit.", "Unit");
        await BeginAsync(s => (s.ViewedRoleId, s.ViewedUnitId) = (viewed.Id, unit), IdentityAudit.Role, viewed.Id, ReasonOf(reason), place, cancel);
    }

    /// <summary>Back to oneself.</summary>
    public async Task EndAsync(CurrentUser user, CancellationToken cancel)
    {
        if (!user.IsViewing || http.HttpContext?.User.SessionId() is not { } id || await db.Set<UserSession>().FindAsync([id], cancel) is not { } session) return;
        user.BeOneself();
        await EndAsync(session, Moments.Now(time), cancel);
    }

    internal async Task EndAsync(UserSession session, DateTime at, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var ended = await db.Set<UserSession>().Where(s => s.Id == session.Id && s.ViewedUntil != null).ExecuteUpdateAsync(s => s
            .SetProperty(x => x.ViewedUserId, (Guid?)null).SetProperty(x => x.ViewedRoleId, (Guid?)null).SetProperty(x => x.ViewedUnitId, (Guid?)null).SetProperty(x => x.ViewedUntil, (DateTime?)null), cancel);
        var (type, subject) = session.ViewedUserId is { } user ? (IdentityAudit.User, user) : (IdentityAudit.Role, session.ViewedRoleId ?? Guid.Empty);
        if (ended > 0) db.Audit(time, "ViewedAsEnded", type, subject, new { until = Shown(at) }, by: session.UserId);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    internal bool MayBegin(ClaimsIdentity viewer)
    {
        var oneself = new CurrentUser(http);
        oneself.RunAs(new(viewer));
        return new Access(tenant, oneself, time).May(PlatformPermissions.ViewAsOthers);
    }

    async Task BeginAsync(Action<UserSession> set, string type, Guid subject, string reason, string? unit, CancellationToken cancel)
    {
        if (http.HttpContext?.User.SessionId() is not { } id || await db.Set<UserSession>().FindAsync([id], cancel) is not { } session)
            throw new BusinessRuleException("Only somebody who is signed in by a browser can look as somebody else.");
        set(session);
        var until = Moments.Now(time) + Lasts;
        session.ViewedUntil = until;
        db.Audit(time, "ViewedAs", type, subject, new { reason, unit, until = Shown(until) });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>An administrator's eyes are nobody else's, and rights that one does not have are not to be seen through either.</summary>
    void RequireMayView(IReadOnlyCollection<string> roles)
    {
        if (roles.Contains(CrmRole.Administrator)) throw new BusinessRuleException("Nobody can look as an administrator.");
        rights.RequireMayGive(roles);
    }

    static string ReasonOf(string? reason) => reason?.Trim() is { Length: > 0 and <= LongestReason } said ? said : throw new BusinessRuleException("Say why, in up to {0} characters.", "Reason", LongestReason);

    string Shown(DateTime moment) => TimeZoneInfo.ConvertTimeFromUtc(moment, tenant.Snapshot.Settings.Zone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
