using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>
/// The cookie says only who it is. What the user is and may is read at every request with one query over three primary keys, so that a disabled
/// user is out and a changed role counts at once, on every node.
/// </summary>
public static class Sessions
{
    const string TenantClaim = "tenant";
    const string StampClaim = "stamp";
    const string MustChangeClaim = "must_change_password";
    static readonly TimeSpan Remembered = TimeSpan.FromDays(14);
    static readonly TimeSpan Working = TimeSpan.FromHours(12);

    /// <summary>One row for each role of the user, one without a role for a user who has none, none for a user who is gone.</summary>
    static readonly CompiledQuery<Guid, UserFacts> Facts = new((db, id) =>
        from user in db.Users
        where user.Id == id
        from membership in db.UserRoles.Where(m => m.UserId == user.Id).DefaultIfEmpty()
        from role in db.Roles.Where(r => r.Id == membership!.RoleId).DefaultIfEmpty()
        select new UserFacts(user.UserName!, user.DisplayName, user.SecurityStamp, user.IsEnabled, user.MustChangePassword, role!.Name));

    public static bool MustChangePassword(this ClaimsPrincipal user) => user.HasClaim(c => c.Type == MustChangeClaim);

    /// <summary>Gives the browser the cookie of the request's tenant. The caller has checked who it is.</summary>
    public static async Task SignInAsync(HttpContext http, CrmUser user, bool remember)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var tenant = http.RequestServices.GetRequiredService<TenantContext>().Snapshot.Tenant.Name;
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new(StampClaim, user.SecurityStamp!), new(TenantClaim, tenant)], IdentityConstants.ApplicationScheme);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = remember, IssuedUtc = now, ExpiresUtc = now + (remember ? Remembered : Working) });
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
        if (!Guid.TryParse(cookie.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return null;
        var rows = await FactsAsync(http.RequestServices.GetRequiredService<CrmDbContext>(), id, http.RequestAborted);
        if (rows is not [{ IsEnabled: true } user, ..] || user.Stamp != cookie.FindFirstValue(StampClaim)) return null;
        var identity = IdentityOf(id, rows, IdentityConstants.ApplicationScheme);
        identity.AddClaims([new(StampClaim, user.Stamp!), new(TenantClaim, snapshot.Tenant.Name)]);
        if (user.MustChangePassword) identity.AddClaim(new(MustChangeClaim, "true"));
        return new(identity);
    }

    internal static Task<List<UserFacts>> FactsAsync(CrmDbContext db, Guid id, CancellationToken cancel) => Facts.ToListAsync(db, id, cancel);

    internal static ClaimsIdentity IdentityOf(Guid id, IReadOnlyList<UserFacts> rows, string scheme)
    {
        var user = rows[0];
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString()), new(ClaimTypes.Name, user.UserName), new(CurrentUser.DisplayNameClaim, user.DisplayName.Length > 0 ? user.DisplayName : user.UserName)], scheme);
        identity.AddClaims(rows.Where(r => r.Role is not null).Select(r => new Claim(ClaimTypes.Role, r.Role!)));
        return identity;
    }
}

sealed record UserFacts(string UserName, string DisplayName, string? Stamp, bool IsEnabled, bool MustChangePassword, string? Role);
