using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

/// <summary>What can be done with the users of the tenant, for pages, set-up and command line alike. Correctable input comes back as problems; then nothing was written.</summary>
public sealed class UserAccounts(UserManager<CrmUser> users, CrmDbContext db, UserRights rights, PasswordHashing hashing, CrmIdentityErrors errors, TimeProvider time)
{
    /// <summary>Without a password the user sets one by an invitation.</summary>
    public async Task<IReadOnlyList<RecordProblem>> CreateAsync(CrmUser user, string? password, IReadOnlyCollection<string> roles, CancellationToken cancel)
    {
        if (UserChecks.ProblemsOf(user) is { Count: > 0 } problems) return problems;
        rights.RequireMayGive(roles);
        user.CreatedAt = Moments.Now(time);
        if (password is not null && await HashAsync(user, password, cancel) is { Count: > 0 } weak) return weak;
        await using var write = await db.BeginWriteAsync(cancel);
        var result = await users.CreateAsync(user);
        if (!result.Succeeded) return result.Problems();
        if (roles.Count > 0) Require(await users.AddToRolesAsync(user, roles));
        db.Audit(time, "Created", IdentityAudit.User, user.Id, new { roles });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return [];
    }

    /// <summary>Ahead of the transaction: hashing takes a tenth of a second, for which no other writer should wait.</summary>
    async Task<IReadOnlyList<RecordProblem>> HashAsync(CrmUser user, string password, CancellationToken cancel)
    {
        var problems = new List<RecordProblem>();
        foreach (var validator in users.PasswordValidators) problems.AddRange((await validator.ValidateAsync(users, user, password)).Problems());
        if (problems.Count == 0) user.PasswordHash = await hashing.RunAsync(() => Task.FromResult(users.PasswordHasher.HashPassword(user, password)), cancel);
        return problems;
    }

    /// <summary>Names, mail address, roles, and whether the user may come in. The caller has set the properties.</summary>
    /// <exception cref="BusinessRuleException">The last administrator would be gone, or the acting user may not do this.</exception>
    public async Task<IReadOnlyList<RecordProblem>> SaveAsync(CrmUser user, IReadOnlyCollection<string> roles, CancellationToken cancel)
    {
        if (UserChecks.ProblemsOf(user) is { Count: > 0 } problems) return problems;
        await using var write = await db.BeginWriteAsync(cancel);
        var were = await rights.HoldAdministratorsAsync(cancel);
        var before = await users.GetRolesAsync(user);
        rights.RequireMayGive(before);
        rights.RequireMayGive(roles.Except(before));
        var wasEnabled = await db.Users.AsNoTracking().Where(u => u.Id == user.Id).Select(u => u.IsEnabled).FirstAsync(cancel);
        if (wasEnabled && !user.IsEnabled && user.Id == db.UserId) throw new BusinessRuleException("Nobody can disable themselves.");
        var result = await users.UpdateAsync(user);
        if (!result.Succeeded) return result.Problems();
        Require(await users.RemoveFromRolesAsync(user, before.Except(roles)));
        Require(await users.AddToRolesAsync(user, roles.Except(before)));
        if (!user.IsEnabled) await db.Set<UserSession>().Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancel);
        db.Audit(time, wasEnabled == user.IsEnabled ? "Updated" : user.IsEnabled ? "Enabled" : "Disabled", IdentityAudit.User, user.Id, new { before, roles });
        await db.SaveChangesAsync(cancel);
        await rights.RequireAdministratorAsync(were, cancel);
        await write.CommitAsync(cancel);
        return [];
    }

    /// <summary>Out for good: every session ends with the stamp.</summary>
    /// <exception cref="BusinessRuleException">The last administrator would be gone, or the acting user may not do this.</exception>
    public async Task LeaveAsync(CrmUser user, string? successor, CancellationToken cancel)
    {
        user.IsEnabled = false;
        if (await SaveAsync(user, [.. await users.GetRolesAsync(user)], cancel) is [var problem, ..]) throw new BusinessRuleException(problem.Key, null, [.. problem.Args]);
        await users.UpdateSecurityStampAsync(user);
        db.Audit(time, "Left", IdentityAudit.User, user.Id, new { successor });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Somebody else sets the password, so the user changes it at the next sign-in. Open sessions end.</summary>
    public async Task<IReadOnlyList<RecordProblem>> ResetPasswordAsync(CrmUser user, string password, CancellationToken cancel)
    {
        rights.RequireMayGive(await users.GetRolesAsync(user));
        user.MustChangePassword = true;
        return await SetPasswordAsync(user, "PasswordReset", async () => await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password), cancel);
    }

    public Task<IReadOnlyList<RecordProblem>> ChangePasswordAsync(CrmUser user, string present, string password, CancellationToken cancel)
    {
        user.MustChangePassword = false;
        return SetPasswordAsync(user, "PasswordChanged", () => users.ChangePasswordAsync(user, present, password), cancel);
    }

    /// <summary>By a mailed link.</summary>
    public Task<IReadOnlyList<RecordProblem>> SetPasswordAsync(CrmUser user, PasswordLink link, string password, CancellationToken cancel) => SetPasswordAsync(user, "PasswordSet", async () =>
    {
        if (!await users.VerifyUserTokenAsync(user, link.Provider, link.Purpose, link.Token)) return IdentityResult.Failed(link.Kind == PasswordLink.Invitation ? errors.InvalidInvitation() : errors.InvalidToken());
        (user.MustChangePassword, user.EmailConfirmed, user.AccessFailedCount, user.LockoutEnd) = (false, true, 0, null);
        return await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
    }, cancel);

    async Task<IReadOnlyList<RecordProblem>> SetPasswordAsync(CrmUser user, string action, Func<Task<IdentityResult>> change, CancellationToken cancel)
    {
        var result = await hashing.RunAsync(change, cancel);
        if (!result.Succeeded)
        {
            db.ChangeTracker.Clear();
            return result.Problems();
        }
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<UserSession>().Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancel);
        db.Audit(time, action, IdentityAudit.User, user.Id, by: db.UserId ?? user.Id);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return [];
    }

    static void Require(IdentityResult result)
    {
        if (!result.Succeeded) throw new BusinessRuleException(result.Errors.First().Description);
    }
}
