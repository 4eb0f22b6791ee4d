using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

/// <summary>The API keys of the tenant, for page and command line.</summary>
public sealed class ApiKeys(CrmDbContext db, UserRights rights, TimeProvider time)
{
    const int LongestName = 100;

    /// <summary>Returns the token; it is never to be had again.</summary>
    /// <param name="days">Null: the key holds until it is revoked.</param>
    /// <exception cref="BusinessRuleException">The name is missing, there is no such user, or the user has rights that the acting one does not have.</exception>
    public async Task<ApiKeyToken> CreateAsync(string userName, string name, int? days, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName) throw new BusinessRuleException("Say in at most {0} characters what the key is for.", "Name", LongestName);
        if (days is < 1 or > 3650) throw new BusinessRuleException("A key holds for 1 to {0} days.", "Days", 3650);
        var wanted = userName.Trim().ToUpperInvariant();
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedUserName == wanted, cancel) ?? throw new BusinessRuleException("There is no user '{0}'.", "UserName", userName);
        rights.RequireMayGive(await db.UserRoles.Where(m => m.UserId == user.Id).Join(db.Roles, m => m.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel));
        var (secret, now) = (ApiKeyToken.NewSecret(), Moments.Now(time));
        var key = new ApiKey { UserId = user.Id, Name = name.Trim(), SecretHash = ApiKeyToken.HashOf(secret), CreatedAt = now, CreatedById = db.UserId, ExpiresAt = days is null ? null : now.AddDays(days.Value) };
        db.Add(key);
        db.Audit(time, "Created", IdentityAudit.ApiKey, key.Id, new { user = user.Id });
        await db.SaveChangesAsync(cancel);
        return new(key.Id, secret);
    }

    public async Task RevokeAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<ApiKey>().FindAsync([id], cancel) is not { RevokedAt: null } key) return;
        key.RevokedAt = Moments.Now(time);
        db.Audit(time, "Revoked", IdentityAudit.ApiKey, id, new { user = key.UserId });
        await db.SaveChangesAsync(cancel);
    }
}
