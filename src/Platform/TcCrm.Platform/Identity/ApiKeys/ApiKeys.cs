using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

/// <summary>What an API key is to be.</summary>
/// <param name="Name">What it is used for.</param>
/// <param name="Days">Null: the key holds until it is revoked.</param>
/// <param name="Permissions">What it may do at most; null: all that its user may, now and later.</param>
public sealed record ApiKeyWish(string UserName, string Name, int? Days, IReadOnlyCollection<string>? Permissions = null);

/// <summary>The API keys of the tenant, for page and command line.</summary>
public sealed class ApiKeys(CrmDbContext db, UserRights rights, PermissionList permissions, TimeProvider time)
{
    const int LongestName = 100;

    /// <summary>Returns the token; it is never to be had again.</summary>
    /// <exception cref="BusinessRuleException">Something of the wish cannot be, or the user has rights that the acting one does not have.</exception>
    public async Task<ApiKeyToken> CreateAsync(ApiKeyWish wish, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(wish.Name) || wish.Name.Length > LongestName) throw new BusinessRuleException("Say in at most {0} characters what the key is for.", "Name", LongestName);
        if (wish.Days is < 1 or > 3650) throw new BusinessRuleException("A key holds for 1 to {0} days.", "Days", 3650);
        var wanted = wish.UserName.Trim().ToUpperInvariant();
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedUserName == wanted, cancel) ?? throw new BusinessRuleException("There is no user '{0}'.", "UserName", wish.UserName);
        var roles = await db.UserRoles.Where(m => m.UserId == user.Id).Join(db.Roles, m => m.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel);
        rights.RequireMayGive(roles);
        var limit = wish.Permissions is null ? null : LimitOf(wish.Permissions, roles);
        var (secret, now) = (ApiKeyToken.NewSecret(), Moments.Now(time));
        var key = new ApiKey { UserId = user.Id, Name = wish.Name.Trim(), SecretHash = ApiKeyToken.HashOf(secret), CreatedAt = now, CreatedById = db.UserId, ExpiresAt = wish.Days is null ? null : now.AddDays(wish.Days.Value), Permissions = limit };
        db.Add(key);
        db.Audit(time, "Created", IdentityAudit.ApiKey, key.Id, new { user = user.Id, permissions = limit });
        await db.SaveChangesAsync(cancel);
        return new(key.Id, secret);
    }

    /// <summary>The chosen permissions with what they imply.</summary>
    List<string> LimitOf(IReadOnlyCollection<string> chosen, List<string> roles)
    {
        if (chosen.Count == 0) throw new BusinessRuleException("Choose at least one right for the key.", "Permissions");
        var all = permissions.All.ToList();
        if (chosen.FirstOrDefault(c => all.TrueForAll(p => p.Name != c)) is { } unknown) throw new BusinessRuleException("There is no permission '{0}'.", "Permissions", unknown);
        var known = db.Snapshot.Rights.Roles;
        var held = roles.Contains(CrmRole.Administrator) ? [.. all.Select(p => p.Name)] : roles.Where(known.ContainsKey).SelectMany(r => known[r].Permissions).ToHashSet(StringComparer.Ordinal);
        if (chosen.FirstOrDefault(c => !held.Contains(c)) is { } foreign) throw new BusinessRuleException("The user does not hold the permission '{0}', so the key cannot have it.", "Permissions", foreign);
        return [.. PermissionList.WithImplied(chosen, all).Order(StringComparer.Ordinal)];
    }

    public async Task RevokeAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<ApiKey>().FindAsync([id], cancel) is not { RevokedAt: null } key) return;
        key.RevokedAt = Moments.Now(time);
        db.Audit(time, "Revoked", IdentityAudit.ApiKey, id, new { user = key.UserId });
        await db.SaveChangesAsync(cancel);
    }
}
