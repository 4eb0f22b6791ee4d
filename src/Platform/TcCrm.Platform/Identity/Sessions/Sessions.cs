using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>
/// The cookie says only who it is. What the user is and may is read at every request with one query over four primary keys, so that a disabled
/// user or a revoked session is out and a changed role counts at once, on every node.
/// </summary>
public static class Sessions
{
    const string TenantClaim = "tenant";
    const string StampClaim = "stamp";
    const string SessionClaim = "session";
    const string ViewedUntilClaim = "viewed_until";
    const string MustChangeClaim = "must_change_password";
    const string MustEnrolClaim = "must_enrol_second_factor";
    static readonly TimeSpan SeenNotedEvery = TimeSpan.FromMinutes(5);

    /// <summary>One row for each role of the user, one without a role for a user who has none, none for a user who is gone.</summary>
    static readonly CompiledQuery<Guid, UserFacts> OfUser = new(UserFacts.Spelled<Func<CrmDbContext, Guid, IQueryable<UserFacts>>>((db, id) =>
        from user in db.Users
        where user.Id == id
        from membership in db.UserRoles.Where(m => m.UserId == user.Id).DefaultIfEmpty()
        from role in db.Roles.Where(r => r.Id == membership!.RoleId).DefaultIfEmpty()
        select UserFacts.Of(user, role)));

    /// <summary>The same for the user of a session that is still there.</summary>
    static readonly CompiledQuery<Guid, SessionFacts> OfSession = new(UserFacts.Spelled<Func<CrmDbContext, Guid, IQueryable<SessionFacts>>>((db, id) =>
        from session in db.Set<UserSession>().AsNoTracking()
        where session.Id == id
        join user in db.Users on session.UserId equals user.Id
        from membership in db.UserRoles.Where(m => m.UserId == user.Id).DefaultIfEmpty()
        from role in db.Roles.Where(r => r.Id == membership!.RoleId).DefaultIfEmpty()
        select new SessionFacts(session, UserFacts.Of(user, role))));

    public static bool MustChangePassword(this ClaimsPrincipal user) => user.HasClaim(c => c.Type == MustChangeClaim);

    /// <summary>A role of the user asks for a second factor, and there is none yet.</summary>
    public static bool MustEnrolSecondFactor(this ClaimsPrincipal user) => user.HasClaim(c => c.Type == MustEnrolClaim);

    /// <summary>When whoever looks as this user is themselves again.</summary>
    public static DateTime? ViewedUntil(this ClaimsPrincipal user) => long.TryParse(user.FindFirstValue(ViewedUntilClaim), out var ticks) ? new DateTime(ticks, DateTimeKind.Utc) : null;

    /// <summary>Null for programs and jobs.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(SessionClaim), out var id) ? id : null;

    /// <summary>Gives the browser the cookie of the request's tenant. The caller has checked who it is, by all that the user proves it with.</summary>
    public static async Task SignInAsync(HttpContext http, CrmUser user, bool remember, bool provedSecondFactor = false)
    {
        var now = Moments.Now(http.RequestServices.GetRequiredService<TimeProvider>());
        var session = new UserSession { UserId = user.Id, BegunAt = now, SeenAt = now, IsRemembered = remember, ProvedSecondFactor = provedSecondFactor, Address = AuditStamp.AddressOf(http), Agent = UserAgents.Shorten(http.Request.Headers.UserAgent.ToString()) };
        var principal = await BeginAsync(http.RequestServices.GetRequiredService<CrmDbContext>(), user, session, http.RequestAborted);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, principal, new AuthenticationProperties { IsPersistent = remember, IssuedUtc = now, ExpiresUtc = now + session.Lasts });
    }

    /// <summary>Begins a session and says what its cookie holds. What the user had forgotten long ago goes on this occasion, so no job has to look for it.</summary>
    public static async Task<ClaimsPrincipal> BeginAsync(CrmDbContext db, CrmUser user, UserSession session, CancellationToken cancel)
    {
        var (working, remembered) = (session.BegunAt - UserSession.LastsWhen(false), session.BegunAt - UserSession.LastsWhen(true));
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<UserSession>().Where(s => s.UserId == user.Id && (s.SeenAt < remembered || (!s.IsRemembered && s.SeenAt < working))).ExecuteDeleteAsync(cancel);
        db.Add(session);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new(SessionClaim, session.Id.ToString()), new(StampClaim, user.SecurityStamp!), new(TenantClaim, db.Snapshot.Tenant.Name)], IdentityConstants.ApplicationScheme));
    }

    /// <summary>Ends the session of this request, and takes the cookie back.</summary>
    public static async Task SignOutAsync(HttpContext http)
    {
        var db = http.RequestServices.GetRequiredService<CrmDbContext>();
        if (http.User.SessionId() is { } session)
        {
            await using var write = await db.BeginWriteAsync(http.RequestAborted);
            await db.Set<UserSession>().Where(s => s.Id == session).ExecuteDeleteAsync(http.RequestAborted);
            await write.CommitAsync(http.RequestAborted);
        }
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    internal static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (await RefreshedAsync(http, context.Principal!) is { } fresh)
        {
            context.ReplacePrincipal(fresh);
            return;
        }
        context.RejectPrincipal();
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    static async Task<ClaimsPrincipal?> RefreshedAsync(HttpContext http, ClaimsPrincipal cookie)
    {
        if (http.Features.Get<TenantSnapshot>() is not { } snapshot || cookie.FindFirstValue(TenantClaim) != snapshot.Tenant.Name) return null;
        if (!Guid.TryParse(cookie.FindFirstValue(ClaimTypes.NameIdentifier), out var id) || cookie.SessionId() is not { } sessionId) return null;
        var db = http.RequestServices.GetRequiredService<CrmDbContext>();
        var rows = await OfSession.ToListAsync(db, sessionId, http.RequestAborted);
        if (rows is not [{ User: { IsEnabled: true } user, Session: var session }, ..] || session.UserId != id || user.Stamp != cookie.FindFirstValue(StampClaim)) return null;
        await NoteSeenAsync(db, session, Moments.Now(http.RequestServices.GetRequiredService<TimeProvider>()), http.RequestAborted);
        var identity = IdentityOf(id, [.. rows.Select(r => r.User)], IdentityConstants.ApplicationScheme);
        identity.AddClaims([new(SessionClaim, sessionId.ToString()), new(StampClaim, user.Stamp!), new(TenantClaim, snapshot.Tenant.Name)]);
        if (user.MustChangePassword) identity.AddClaim(new(MustChangeClaim, "true"));
        if (!user.HasSecondFactor && !session.ProvedSecondFactor && rows.Any(r => r.User.RoleRequiresSecondFactor)) identity.AddClaim(new(MustEnrolClaim, "true"));
        return new(session.ViewedUntil is null ? identity : await ViewedAsync(http, session, identity));
    }

    /// <summary>The cookie stays the viewer's: it is renewed with what it held.</summary>
    static async Task<ClaimsIdentity> ViewedAsync(HttpContext http, UserSession session, ClaimsIdentity viewer)
    {
        var now = Moments.Now(http.RequestServices.GetRequiredService<TimeProvider>());
        if (await http.RequestServices.GetRequiredService<ViewedIdentity>().OfAsync(session, viewer, now, http.RequestAborted) is not { } viewed) return viewer;
        viewed.AddClaims([.. viewer.Claims.Where(c => c.Type is SessionClaim or TenantClaim), new(ViewedUntilClaim, session.ViewedUntil!.Value.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        return viewed;
    }

    /// <summary>Seldom, so that looking at pages does not write.</summary>
    static async Task NoteSeenAsync(CrmDbContext db, UserSession session, DateTime now, CancellationToken cancel)
    {
        if (now - session.SeenAt < SeenNotedEvery) return;
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<UserSession>().Where(s => s.Id == session.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), cancel);
        await write.CommitAsync(cancel);
    }

    internal static Task<List<UserFacts>> FactsAsync(CrmDbContext db, Guid id, CancellationToken cancel) => OfUser.ToListAsync(db, id, cancel);

    internal static ClaimsIdentity IdentityOf(Guid id, IReadOnlyList<UserFacts> rows, string scheme)
    {
        var user = rows[0];
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString()), new(ClaimTypes.Name, user.UserName), new(CurrentUser.DisplayNameClaim, user.DisplayName.Length > 0 ? user.DisplayName : user.UserName)], scheme);
        identity.AddClaims(rows.Where(r => r.Role is not null).Select(r => new Claim(ClaimTypes.Role, r.Role!)));
        return identity;
    }
}

sealed record SessionFacts(UserSession Session, UserFacts User);
