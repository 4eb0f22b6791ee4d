using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using TcCrm.Platform.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>What tokens say of a user. Rights are not in them: each request looks them up.</summary>
public sealed class OpenIdPrincipals(CrmDbContext db, IHttpContextAccessor http)
{
    /// <summary>Null for a user who is gone or disabled.</summary>
    public async Task<ClaimsPrincipal?> OfAsync(string? id, IEnumerable<string> scopes, CancellationToken cancel)
    {
        if (!Guid.TryParse(id, out var key) || await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == key, cancel) is not { IsEnabled: true } user) return null;
        var roles = await db.UserRoles.Where(m => m.UserId == key).Join(db.Roles, m => m.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel);
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, user.Id.ToString()).SetClaim(Claims.Name, user.Called).SetClaim(Claims.PreferredUsername, user.UserName).SetClaim(Claims.Email, user.Email).SetClaims(Claims.Role, [.. roles]);
        if (user.Email is not null) identity.SetClaim(Claims.EmailVerified, user.EmailConfirmed);
        identity.SetScopes(scopes).SetResources(AudienceOf(http.HttpContext!.Request));
        identity.SetDestinations(claim => identity.HasScope(ScopeOf(claim.Type)) ? [Destinations.IdentityToken] : []);
        return new(identity);
    }

    /// <summary>The tenant's address, which is the issuer of its tokens; a bare host ends with a slash, as addresses do.</summary>
    public static string IssuerOf(HttpRequest request) => new Uri(AddressOf(request)).AbsoluteUri;

    public static string AudienceOf(HttpRequest request) => AddressOf(request) + "/api/v1";

    public static string AddressOf(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>The scope that opens a claim in the identity token and at the userinfo endpoint.</summary>
    public static string ScopeOf(string claim) => claim switch
    {
        Claims.Name or Claims.PreferredUsername => Scopes.Profile,
        Claims.Email or Claims.EmailVerified => Scopes.Email,
        Claims.Role => Scopes.Roles,
        _ => Scopes.OpenId,
    };
}
