using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>Why somebody is or is not let in. The answer is the same for a wrong password, an unknown name, a disabled user.</summary>
/// <param name="TriesLeft">0: locked for <paramref name="LockedFor"/>.</param>
public sealed record SignInOutcome(CrmUser? User, int TriesLeft, TimeSpan LockedFor)
{
    /// <summary>Password right, second factor to come.</summary>
    public bool NeedsCode => User?.TwoFactorEnabled == true;

    public string Text(IText text) => TriesLeft > 0
        ? text["Company, user name or password is wrong. {0} tries are left, then sign-in is locked for {1} minutes.", TriesLeft, (int)LockedFor.TotalMinutes]
        : text["Company, user name or password is wrong. Sign-in is locked; try again in {0} minutes.", (int)LockedFor.TotalMinutes];
}

/// <summary>
/// Checks name and password in the tenant of this scope. A try is counted before the password is looked at, so that parallel guesses cannot
/// slip past the limit; every try costs one hash and the same writes, so that time tells nothing either.
/// </summary>
public sealed class SignInCheck(UserManager<CrmUser> users, CrmDbContext db, TenantContext tenant, SignInLimits limits, PasswordHashing hashing, SignInTries tries)
{
    static string? _nobodys;

    public async Task<SignInOutcome> CheckAsync(string name, string password, CancellationToken cancel)
    {
        var user = await FindAsync(name.Trim());
        var number = await tries.CountAsync(user?.Id ?? Guid.Empty, cancel);
        var asNobody = await limits.NextUnknownAsync(tenant.Snapshot.Tenant.Name, name, tries.Rules.DefaultLockoutTimeSpan, cancel);
        if (user is null) number = asNobody;
        var isRight = await hashing.RunAsync(() => Task.FromResult(Verify(user, password)), cancel);
        var isIn = isRight && user is { IsEnabled: true } && number <= tries.Rules.MaxFailedAccessAttempts;
        if (!isIn) await tries.FailedAsync(user?.Id, number, "SignInFailed", cancel);
        else if (user!.TwoFactorEnabled) await tries.HalfwayAsync(user.Id, cancel);
        else await tries.SucceededAsync(user.Id, cancel);
        return new(isIn ? user : null, Math.Max(0, tries.Rules.MaxFailedAccessAttempts - number), tries.Rules.DefaultLockoutTimeSpan);
    }

    /// <summary>The password once more, of somebody who is signed in, before a step that a borrowed browser should not take. Failures lock as those of sign-in do.</summary>
    /// <exception cref="BusinessRuleException">It is wrong.</exception>
    public async Task RequireAsync(CrmUser user, string password, CancellationToken cancel)
    {
        var number = await tries.CountAsync(user.Id, cancel);
        if (number <= tries.Rules.MaxFailedAccessAttempts && await hashing.RunAsync(() => Task.FromResult(Verify(user, password)), cancel))
        {
            await tries.HalfwayAsync(user.Id, cancel);
            return;
        }
        await tries.FailedAsync(user.Id, number, "SignInFailed", cancel);
        throw number < tries.Rules.MaxFailedAccessAttempts ? new BusinessRuleException("The present password is wrong.", "Password") : new BusinessRuleException("There were too many tries. Try again in {0} minutes.", "Password", (int)tries.Rules.DefaultLockoutTimeSpan.TotalMinutes);
    }

    /// <summary>By user name, else by a mail address that only one user has.</summary>
    public async Task<CrmUser?> FindAsync(string name)
    {
        if (await users.FindByNameAsync(name) is { } byName) return byName;
        var mail = users.NormalizeEmail(name);
        var byMail = await db.Users.Where(u => u.NormalizedEmail == mail).Take(2).ToListAsync();
        return byMail is [var only] ? only : null;
    }

    bool Verify(CrmUser? user, string password)
    {
        var hash = user?.PasswordHash ?? (_nobodys ??= users.PasswordHasher.HashPassword(new(), "nobody's"));
        var result = users.PasswordHasher.VerifyHashedPassword(user ?? new(), hash, password);
        if (result == PasswordVerificationResult.SuccessRehashNeeded && user?.PasswordHash is not null) user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        return result != PasswordVerificationResult.Failed && user?.PasswordHash is not null;
    }
}
