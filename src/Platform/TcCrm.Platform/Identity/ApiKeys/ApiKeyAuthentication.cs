using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary><c>Authorization: Bearer tccrm_…</c> on <c>/api</c>. The key acts with the rights of its user, or with those of them that were chosen for it.</summary>
public sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TenantContext tenant, IServiceProvider services) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "ApiKey";
    static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(15);

    /// <summary>The key with its user, once for each role; a revoked key or a disabled user is out at the next request, so nothing of it is remembered.</summary>
    static readonly CompiledQuery<Guid, KeyFacts> Facts = new(UserFacts.Spelled<Func<CrmDbContext, Guid, IQueryable<KeyFacts>>>((db, id) =>
        from key in db.Set<ApiKey>().AsNoTracking()
        where key.Id == id
        join user in db.Users on key.UserId equals user.Id
        from membership in db.UserRoles.Where(m => m.UserId == user.Id).DefaultIfEmpty()
        from role in db.Roles.Where(r => r.Id == membership!.RoleId).DefaultIfEmpty()
        select new KeyFacts(key, UserFacts.Of(user, role))));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!tenant.HasTenant || Request.Headers.Authorization.ToString() is not ['B' or 'b', 'e', 'a', 'r', 'e', 'r', ' ', .. var sent]) return AuthenticateResult.NoResult();
        if (!ApiKeyToken.TryParse(sent.Trim(), out var token)) return AuthenticateResult.Fail("Not an API key.");
        var db = (CrmDbContext)services.GetService(typeof(CrmDbContext))!;
        var now = Moments.Now(TimeProvider);
        var rows = await Facts.ToListAsync(db, token.Id, Context.RequestAborted);
        if (rows is not [var (key, user), ..] || !token.Matches(key.SecretHash) || !key.IsValidAt(now)) return AuthenticateResult.Fail("Unknown, expired or revoked.");
        if (!user.IsEnabled) return AuthenticateResult.Fail("The key's user is disabled.");
        await NoteUseAsync(db, key, now);
        var identity = Sessions.IdentityOf(key.UserId, [.. rows.Select(r => r.User)], Scheme);
        if (key.Permissions is { } limit) identity.AddClaims(limit.DefaultIfEmpty("").Select(p => new Claim(CurrentUser.LimitClaim, p)));
        return AuthenticateResult.Success(new(new(identity), Scheme));
    }

    /// <summary>Seldom, so that reading through the API does not write.</summary>
    async Task NoteUseAsync(CrmDbContext db, ApiKey key, DateTime now)
    {
        if (key.LastUsedAt is { } last && now - last < UseNotedEvery) return;
        await using var write = await db.BeginWriteAsync(Context.RequestAborted);
        await db.Set<ApiKey>().Where(k => k.Id == key.Id).ExecuteUpdateAsync(s => s.SetProperty(k => k.LastUsedAt, now), Context.RequestAborted);
        await write.CommitAsync(Context.RequestAborted);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.AskToSignInAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.DenyAsync(Context);
}

sealed record KeyFacts(ApiKey Key, UserFacts User);
