using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

public enum CodeAnswer { Wrong, Used, Right }

/// <summary>The second factor of users: set up, taken at sign-in, taken away. A code of the app and a recovery code are each good once, however many ask at the same moment.</summary>
public sealed class SecondFactors(CrmDbContext db, FactorSecrets secrets, TimeProvider time)
{
    /// <summary>Returns the recovery codes, which are never to be had again.</summary>
    /// <exception cref="BusinessRuleException">The code does not fit, the page was open too long, or there is a second factor already.</exception>
    public async Task<IReadOnlyList<string>> TurnOnAsync(CrmUser user, string pending, string code, CancellationToken cancel)
    {
        var secret = secrets.SecretOf(user, pending) ?? throw new BusinessRuleException("This page has been open for too long. Scan the new code and try again.");
        var step = Totp.StepOf(secret, Digits(code), time.GetUtcNow()) ?? throw new BusinessRuleException("This code does not fit. Is the clock of your phone right?", "Code");
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Users.Where(u => u.Id == user.Id && !u.TwoFactorEnabled).ExecuteUpdateAsync(s => s.SetProperty(u => u.TwoFactorEnabled, true), cancel) == 0)
            throw new BusinessRuleException("The second factor is on already.");
        db.Add(new SecondFactor { UserId = user.Id, Secret = secrets.Keep(secret), LastStep = step, Since = Moments.Now(time) });
        var codes = AddCodes(user.Id);
        db.Audit(time, "SecondFactorOn", IdentityAudit.User, user.Id);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return codes;
    }

    /// <summary>Other codes instead of those that were given out.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(CrmUser user, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<RecoveryCode>().Where(c => c.UserId == user.Id).ExecuteDeleteAsync(cancel);
        var codes = AddCodes(user.Id);
        db.Audit(time, "RecoveryCodesRenewed", IdentityAudit.User, user.Id);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return codes;
    }

    /// <summary>By the user, who has typed the password.</summary>
    /// <exception cref="BusinessRuleException">A role of the user asks for it.</exception>
    public async Task TurnOffAsync(CrmUser user, CancellationToken cancel)
    {
        if (await IsRequiredAsync(user.Id, cancel)) throw new BusinessRuleException("Your role asks for a second factor, so it stays on.");
        await RemoveAsync(user, "SecondFactorOff", cancel);
    }

    /// <summary>By somebody who manages users, for whoever has lost phone and codes. The user is signed out everywhere.</summary>
    public Task ResetAsync(CrmUser user, CancellationToken cancel) => RemoveAsync(user, "SecondFactorReset", cancel);

    public Task<bool> IsRequiredAsync(Guid user, CancellationToken cancel) =>
        db.UserRoles.Where(m => m.UserId == user).Join(db.Roles, m => m.RoleId, r => r.Id, (_, r) => r).AnyAsync(r => r.RequiresSecondFactor && r.IsEnabled, cancel);

    public Task<int> CodesLeftAsync(Guid user, CancellationToken cancel) => db.Set<RecoveryCode>().CountAsync(c => c.UserId == user, cancel);

    public async Task<CodeAnswer> TakeAsync(Guid user, string code, CancellationToken cancel)
    {
        if (await db.Set<SecondFactor>().AsNoTracking().FirstOrDefaultAsync(f => f.UserId == user, cancel) is not { } factor || secrets.Read(factor.Secret) is not { } secret) return CodeAnswer.Wrong;
        if (Totp.StepOf(secret, Digits(code), time.GetUtcNow()) is not { } step) return CodeAnswer.Wrong;
        await using var write = await db.BeginWriteAsync(cancel);
        var taken = await db.Set<SecondFactor>().Where(f => f.UserId == user && f.LastStep < step).ExecuteUpdateAsync(s => s.SetProperty(f => f.LastStep, step), cancel);
        await write.CommitAsync(cancel);
        return taken == 1 ? CodeAnswer.Right : CodeAnswer.Used;
    }

    public async Task<CodeAnswer> TakeRecoveryCodeAsync(Guid user, string code, CancellationToken cancel)
    {
        var hash = RecoveryCode.HashOf(user, code);
        await using var write = await db.BeginWriteAsync(cancel);
        var taken = await db.Set<RecoveryCode>().Where(c => c.UserId == user && c.Hash == hash).ExecuteDeleteAsync(cancel);
        if (taken == 1) db.Audit(time, "RecoveryCodeUsed", IdentityAudit.User, user, by: user);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return taken == 1 ? CodeAnswer.Right : CodeAnswer.Wrong;
    }

    async Task RemoveAsync(CrmUser user, string action, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<SecondFactor>().Where(f => f.UserId == user.Id).ExecuteDeleteAsync(cancel);
        await db.Set<RecoveryCode>().Where(c => c.UserId == user.Id).ExecuteDeleteAsync(cancel);
        await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.TwoFactorEnabled, false), cancel);
        if (action == "SecondFactorReset") await db.Set<UserSession>().Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancel);
        db.Audit(time, action, IdentityAudit.User, user.Id);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    List<string> AddCodes(Guid user)
    {
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.New()).ToList();
        db.AddRange(codes.Select(c => new RecoveryCode { UserId = user, Hash = RecoveryCode.HashOf(user, c) }));
        return codes;
    }

    static string Digits(string typed) => new([.. typed.Where(char.IsAsciiDigit)]);
}
