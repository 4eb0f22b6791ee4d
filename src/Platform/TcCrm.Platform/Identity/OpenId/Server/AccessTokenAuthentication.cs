using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary><c>Authorization: Bearer …</c> on <c>/api</c> with an access token of this tenant: its user's rights, as far as the token's scopes go.</summary>
sealed class AccessTokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, OpenIdKeys keys, IServiceProvider services)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "AccessToken";
    const string TokenId = "oi_tkn_id";
    static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>The user once for each role, and whether the token still counts: what is revoked or disabled is out at the next request, so nothing of it is remembered.</summary>
    static readonly CompiledQuery<Guid, Guid, TokenFacts> Facts = new(UserFacts.Spelled<Func<CrmDbContext, Guid, Guid, IQueryable<TokenFacts>>>((db, token, id) =>
        from user in db.Users
        where user.Id == id
        from membership in db.UserRoles.Where(m => m.UserId == user.Id).DefaultIfEmpty()
        from role in db.Roles.Where(r => r.Id == membership!.RoleId).DefaultIfEmpty()
        select new TokenFacts(db.Set<OpenIdToken>().Any(t => t.Id == token && t.Status == Statuses.Valid && t.Type == TokenTypeIdentifiers.AccessToken && t.Application!.IsEnabled), UserFacts.Of(user, role))));

    /// <summary>Why it was refused, as a text key.</summary>
    string _refusal = "Sign in, or send a valid access token.";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString() is not ['B' or 'b', 'e', 'a', 'r', 'e', 'r', ' ', .. var sent]) return AuthenticateResult.NoResult();
        var result = await Handler.ValidateTokenAsync(sent.Trim(), Rules());
        if (!result.IsValid) return Refused(ReasonOf(result.Exception));
        var token = result.ClaimsIdentity;
        if (!Guid.TryParse(token.FindFirst(TokenId)?.Value, out var tokenId) || !Guid.TryParse(token.FindFirst(Claims.Subject)?.Value, out var userId)) return Refused("The access token is not one of this company.");
        var db = (CrmDbContext)services.GetService(typeof(CrmDbContext))!;
        var rows = await Facts.ToListAsync(db, tokenId, userId, Context.RequestAborted);
        if (rows is [{ IsValid: false }, ..]) return Refused("The access token has been revoked.");
        if (rows is not [{ User.IsEnabled: true }, ..]) return Refused("The user of the access token is disabled.");
        var identity = Sessions.IdentityOf(userId, [.. rows.Select(r => r.User)], Scheme);
        identity.AddClaims(ScopeOf(token).Select(s => new Claim(CurrentUser.LimitClaim, s)));
        return AuthenticateResult.Success(new(new(identity), Scheme));
    }

    TokenValidationParameters Rules() => new()
    {
        ValidIssuer = OpenIdPrincipals.IssuerOf(Request),
        ValidAudience = OpenIdPrincipals.AudienceOf(Request),
        IssuerSigningKeys = keys.Current().Keys.Select(k => k.Signing),
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        ValidTypes = [JsonWebTokenTypes.AccessToken],
        LifetimeValidator = (from, until, _, _) => IsCurrent(from, until) ? true : throw new SecurityTokenExpiredException(),
    };

    bool IsCurrent(DateTime? from, DateTime? until) => TimeProvider.GetUtcNow().UtcDateTime is var now && until > now && (from is null || from <= now);

    /// <summary>Each permission that the scopes include; never none, which would be no limit.</summary>
    HashSet<string> ScopeOf(ClaimsIdentity token)
    {
        var named = token.FindAll(Claims.Scope).SelectMany(c => c.Value.Split(' ')).Append("");
        var known = ((PermissionList)services.GetService(typeof(PermissionList))!).All.ToList();
        return PermissionList.WithImplied(named, known);
    }

    static string ReasonOf(Exception refused) => refused switch
    {
        SecurityTokenExpiredException => "The access token has expired.",
        SecurityTokenInvalidAudienceException => "The access token is meant for something else.",
        SecurityTokenInvalidIssuerException => "The access token is not one of this company.",
        SecurityTokenSignatureKeyNotFoundException => "The access token is not one of this company.",
        _ => "The access token is not valid.",
    };

    AuthenticateResult Refused(string reason)
    {
        _refusal = reason;
        return AuthenticateResult.Fail(reason);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"Bearer error=\"{Errors.InvalidToken}\"";
        await Refusals.ProblemAsync(Context, StatusCodes.Status401Unauthorized, _refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.DenyAsync(Context);
}

sealed record TokenFacts(bool IsValid, UserFacts User);
