using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>An account at a provider that opens a user's account here.</summary>
public sealed record LinkedAccount(SignInProvider Provider, string Called);

/// <summary>Which accounts outside belong to which users. One outside belongs to one user; a user has at most one at each provider.</summary>
public sealed class LinkedAccounts(CrmDbContext db, TimeProvider time)
{
    const int LongestKey = 128;

    public static string KeyOf(Guid provider) => provider.ToString("N");

    public async Task<IReadOnlyList<LinkedAccount>> OfAsync(Guid user, CancellationToken cancel)
    {
        var links = await db.UserLogins.AsNoTracking().Where(l => l.UserId == user).ToListAsync(cancel);
        var providers = await db.Set<SignInProvider>().AsNoTracking().ToListAsync(cancel);
        return [.. from link in links join provider in providers on link.LoginProvider equals KeyOf(provider.Id) orderby provider.Name select new LinkedAccount(provider, link.ProviderDisplayName ?? "")];
    }

    public Task<List<string>> RolesOfAsync(Guid user, CancellationToken cancel) => db.UserRoles.Where(m => m.UserId == user).Join(db.Roles, m => m.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel);

    public async Task<CrmUser?> FindUserAsync(SignInProvider provider, ProviderPerson person, CancellationToken cancel)
    {
        var (at, key) = (KeyOf(provider.Id), KeyOf(person.Subject));
        return await db.UserLogins.Where(l => l.LoginProvider == at && l.ProviderKey == key).Join(db.Users, l => l.UserId, u => u.Id, (_, u) => u).FirstOrDefaultAsync(cancel);
    }

    /// <summary>False when the user has another account at this provider.</summary>
    public async Task<bool> LinkAsync(SignInProvider provider, ProviderPerson person, CrmUser user, CancellationToken cancel)
    {
        var at = KeyOf(provider.Id);
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.UserLogins.AnyAsync(l => l.LoginProvider == at && l.UserId == user.Id, cancel)) return false;
        db.UserLogins.Add(new IdentityUserLogin<Guid> { LoginProvider = at, ProviderKey = KeyOf(person.Subject), ProviderDisplayName = person.Called, UserId = user.Id });
        db.Audit(time, "AccountLinked", IdentityAudit.User, user.Id, new { provider = provider.Name }, by: user.Id);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return true;
    }

    /// <exception cref="BusinessRuleException">The user would have no way in any more.</exception>
    public async Task UnlinkAsync(Guid user, Guid provider, CancellationToken cancel)
    {
        var at = KeyOf(provider);
        await using var write = await db.BeginWriteAsync(cancel);
        var others = await db.UserLogins.Where(l => l.UserId == user && l.LoginProvider != at).Select(l => l.LoginProvider).ToListAsync(cancel);
        var open = (await db.Set<SignInProvider>().Where(p => p.IsEnabled).Select(p => p.Id).ToListAsync(cancel)).Select(KeyOf);
        if (!open.Intersect(others).Any() && !await db.Users.AnyAsync(u => u.Id == user && u.PasswordHash != null, cancel))
            throw new BusinessRuleException("This is the last way to sign in. Set a password or link another account first.");
        if (await db.UserLogins.Where(l => l.UserId == user && l.LoginProvider == at).ExecuteDeleteAsync(cancel) == 0) return;
        db.Audit(time, "AccountUnlinked", IdentityAudit.User, user, new { provider = await db.Set<SignInProvider>().Where(p => p.Id == provider).Select(p => p.Name).FirstOrDefaultAsync(cancel) });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>A provider may use up to 255 characters; what does not fit is kept as its digest.</summary>
    static string KeyOf(string subject) => subject.Length <= LongestKey ? subject : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));
}
