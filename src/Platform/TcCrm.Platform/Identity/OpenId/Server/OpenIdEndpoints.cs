using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>What remains to be said when OpenIddict has checked a request: who the token is for, and whether that user may still come in.</summary>
static class OpenIdEndpoints
{
    const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    static readonly string[] Told = [Claims.Subject, Claims.Name, Claims.PreferredUsername, Claims.Email, Claims.EmailVerified, Claims.Role];

    public static void MapOpenIdServer(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/connect/token", TokenAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapMethods("/connect/userinfo", ["GET", "POST"], UserInfoAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapPost("/account/applications/{id:guid}", TakeBackAsync).ExcludeFromDescription();
    }

    static async Task<IResult> TokenAsync(HttpContext http, OpenIdPrincipals principals, OpenIddictApplicationManager<OpenIdApplication> applications)
    {
        if (http.GetOpenIddictServerRequest() is not { } request) return Results.NotFound();
        var principal = request.IsClientCredentialsGrantType()
            ? await ServiceAsync(request, principals, applications, http.RequestAborted)
            : await UserAsync(http, principals);
        return principal is not null ? Results.SignIn(principal, authenticationScheme: Scheme) : Refuse(Errors.InvalidGrant, "The user is gone or disabled.");
    }

    static async Task<ClaimsPrincipal?> ServiceAsync(OpenIddictRequest request, OpenIdPrincipals principals, OpenIddictApplicationManager<OpenIdApplication> applications, CancellationToken cancel)
    {
        if (await applications.FindByClientIdAsync(request.ClientId!, cancel) is not { ServiceUserId: { } user } application) return null;
        var asked = request.GetScopes();
        return await principals.OfAsync(user.ToString(), asked.Length > 0 ? asked : await Applications.ScopesOfAsync(applications, application, cancel), cancel);
    }

    /// <summary>By a code or a refresh token; both carry the scopes and the grant that they came from.</summary>
    static async Task<ClaimsPrincipal?> UserAsync(HttpContext http, OpenIdPrincipals principals)
    {
        if ((await http.AuthenticateAsync(Scheme)).Principal is not { } carried) return null;
        var fresh = await principals.OfAsync(carried.GetClaim(Claims.Subject), carried.GetScopes(), http.RequestAborted);
        fresh?.SetAuthorizationId(carried.GetAuthorizationId());
        return fresh;
    }

    static async Task<IResult> UserInfoAsync(HttpContext http, OpenIdPrincipals principals)
    {
        if ((await http.AuthenticateAsync(Scheme)).Principal is not { } carried) return Results.Challenge(authenticationSchemes: [Scheme]);
        if (await principals.OfAsync(carried.GetClaim(Claims.Subject), carried.GetScopes(), http.RequestAborted) is not { } user) return Refuse(Errors.InvalidToken, "The user is gone or disabled.");
        return Results.Json(user.Claims.Where(c => Told.Contains(c.Type) && (c.Type == Claims.Subject || user.HasScope(OpenIdPrincipals.ScopeOf(c.Type)))).GroupBy(c => c.Type).ToDictionary(g => g.Key, ValueOf));
    }

    static object ValueOf(IGrouping<string, Claim> claims) => claims.Key switch
    {
        Claims.Role => claims.Select(c => c.Value).ToArray(),
        Claims.EmailVerified => bool.Parse(claims.First().Value),
        _ => claims.First().Value,
    };

    static async Task<IResult> TakeBackAsync(HttpContext http, Guid id, IAntiforgery antiforgery, OpenIdGrants grants)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
        return await grants.TakeBackAsync(id, http.RequestAborted) ? Results.LocalRedirect($"{http.Request.PathBase}/account") : Results.NotFound();
    }

    public static IResult Refuse(string error, string description) => Results.Forbid(Refusal(error, description), [Scheme]);

    /// <summary>Descriptions are for whoever writes the application, in English as the protocol has them.</summary>
    public static AuthenticationProperties Refusal(string error, string description) => new(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
    });
}
