using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>Why somebody is or is not let in. The answer is the same for a wrong password, an unknown name, a disabled user.</summary>
/// <param name="TriesLeft">0: locked for <paramref name="LockedFor"/>.</param>
public sealed record SignInOutcome(CrmUser? User, int TriesLeft, TimeSpan LockedFor)
{
    public string Text(IText text) => TriesLeft > 0
        ? text["Company, user name or password is wrong. {0} tries are left, then sign-in is locked for {1} minutes.", TriesLeft, (int)LockedFor.TotalMinutes]
        : text["Company, user name or password is wrong. Sign-in is locked; try again in {0} minutes.", (int)LockedFor.TotalMinutes];
}

/// <summary>
/// Checks name and password in the tenant of this scope. A try is counted before the password is looked at, so that parallel guesses cannot
/// slip past the limit; every try costs one hash and the same writes, so that time tells nothing either.
/// </summary>
public sealed class SignInCheck(UserManager<CrmUser> users, CrmDbContext db, TenantContext tenant, UnknownNames unknown, PasswordHashing hashing, TimeProvider time)
{
    static string? _nobodys;

    LockoutOptions Rules => tenant.Snapshot.Identity.Lockout;

    public async Task<SignInOutcome> CheckAsync(string name, string password, CancellationToken cancel)
    {
        var user = await FindAsync(name.Trim());
        var number = await CountTryAsync(user?.Id ?? Guid.Empty, cancel);
        if (user is null) number = unknown.Next(tenant.Snapshot.Tenant.Name, name.Trim(), Rules.DefaultLockoutTimeSpan);
        var isRight = await hashing.RunAsync(() => Task.FromResult(Verify(user, password)), cancel);
        var isIn = isRight && user is { IsEnabled: true } && number <= Rules.MaxFailedAccessAttempts;
        await NoteAsync(user, isIn, number, cancel);
        return new(isIn ? user : null, Math.Max(0, Rules.MaxFailedAccessAttempts - number), Rules.DefaultLockoutTimeSpan);
    }

    /// <summary>By user name, else by a mail address that only one user has.</summary>
    public async Task<CrmUser?> FindAsync(string name)
    {
        if (await users.FindByNameAsync(name) is { } byName) return byName;
        var mail = users.NormalizeEmail(name);
        var byMail = await db.Users.Where(u => u.NormalizedEmail == mail).Take(2).ToListAsync();
        return byMail is [var only] ? only : null;
    }

    /// <summary>The number of this try since the last success; beyond the limit while the user is locked.</summary>
    async Task<int> CountTryAsync(Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(s => s.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), cancel);
        var state = await db.Users.AsNoTracking().Where(u => u.Id == id).Select(u => new { u.AccessFailedCount, u.LockoutEnd }).FirstOrDefaultAsync(cancel);
        var number = state?.AccessFailedCount ?? 1;
        if (state?.LockoutEnd is { } end)
        {
            if (end > now) return int.MaxValue;
            number = 1;
            await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(s => s.SetProperty(u => u.AccessFailedCount, 1).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), cancel);
        }
        await write.CommitAsync(cancel);
        return number;
    }

    bool Verify(CrmUser? user, string password)
    {
        var hash = user?.PasswordHash ?? (_nobodys ??= users.PasswordHasher.HashPassword(new(), "nobody's"));
        var result = users.PasswordHasher.VerifyHashedPassword(user ?? new(), hash, password);
        if (result == PasswordVerificationResult.SuccessRehashNeeded && user?.PasswordHash is not null) user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        return result != PasswordVerificationResult.Failed && user?.PasswordHash is not null;
    }

    async Task NoteAsync(CrmUser? user, bool isIn, int number, CancellationToken cancel)
    {
        var id = user?.Id ?? Guid.Empty;
        DateTimeOffset? until = !isIn && number >= Rules.MaxFailedAccessAttempts ? time.GetUtcNow() + Rules.DefaultLockoutTimeSpan : null;
        await using var write = await db.BeginWriteAsync(cancel);
        if (isIn) await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(s => s.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), cancel);
        else if (until is not null && number != int.MaxValue) await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(s => s.SetProperty(u => u.LockoutEnd, until), cancel);
        db.Audit(time, isIn ? "SignedIn" : until is null ? "SignInFailed" : "SignInLocked", IdentityAudit.User, user?.Id, by: user?.Id);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }
}
