using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Mail;

namespace TcCrm.Platform.Identity;

public enum UserStep { Enable, Disable, AddRole, RemoveRole, Invite }

/// <summary>The same step for many users, each for itself: what is refused for one leaves the others alone. The plan says beforehand what the run will do.</summary>
public sealed class UserBatch(UserManager<CrmUser> users, UserAccounts accounts, UserRights rights, PasswordMails mails, CrmDbContext db, IText text)
{
    public const int Most = 200;

    /// <param name="role">For steps that give or take one.</param>
    public async Task<IReadOnlyList<BatchItem>> PlanAsync(UserStep step, IEnumerable<Guid> ids, string? role, CancellationToken cancel)
    {
        var administrators = await rights.AdministratorsAsync(cancel);
        var plan = new List<BatchItem>();
        foreach (var user in await ReadAsync(ids, cancel))
        {
            var item = await ItemAsync(user, step, role, administrators);
            plan.Add(item);
            if (item.Refusal is null && Takes(step, role)) administrators.Remove(user.Id);
        }
        return plan;
    }

    public async Task<IReadOnlyList<BatchItem>> RunAsync(UserStep step, IEnumerable<Guid> ids, string? role, CancellationToken cancel)
    {
        var done = new List<BatchItem>();
        foreach (var planned in await PlanAsync(step, ids, role, cancel))
            done.Add(planned.Refusal is null ? planned with { Refusal = await RefusedAsync(planned.Id, step, role, cancel) } : planned);
        return done;
    }

    async Task<BatchItem> ItemAsync(CrmUser user, UserStep step, string? role, HashSet<Guid> administrators)
    {
        var roles = await users.GetRolesAsync(user);
        return new(user.Id, user.Called, Words(step) ?? roles.Concat(step == UserStep.AddRole ? [role!] : []).Select(MayNotGive).FirstOrDefault(r => r is not null));

        string? Words(UserStep step) => step switch
        {
            UserStep.Enable when user.IsEnabled => text["Is enabled already."],
            UserStep.Disable when !user.IsEnabled => text["Is disabled already."],
            UserStep.Disable when user.Id == db.UserId => text["Nobody can disable themselves."],
            UserStep.AddRole when roles.Contains(role!) => text["Has the role already."],
            UserStep.RemoveRole when !roles.Contains(role!) => text["Does not have the role."],
            UserStep.RemoveRole when user.Id == db.UserId => text["Nobody can take a role from themselves."],
            UserStep.Invite when !user.IsEnabled => text["Is disabled."],
            UserStep.Invite when user.PasswordHash is not null => text["Has a password already."],
            UserStep.Invite when user.Email is null => text["Has no mail address."],
            _ when Takes(step, role) && administrators.Contains(user.Id) && administrators.Count == 1 => text["This is the last administrator. Make somebody else an administrator first."],
            _ => null,
        };
    }

    string? MayNotGive(string role) => rights.MayGive(role) ? null : text["The role '{0}' holds rights that you do not have, so only somebody who has them may do this.", text[role]];

    static bool Takes(UserStep step, string? role) => step == UserStep.Disable || (step == UserStep.RemoveRole && role == CrmRole.Administrator);

    async Task<string?> RefusedAsync(Guid id, UserStep step, string? role, CancellationToken cancel)
    {
        try
        {
            db.ChangeTracker.Clear(); // nothing of one that was refused is saved with the next
            if (await users.FindByIdAsync(id.ToString()) is not { } user) return text["No longer there"];
            return await StepAsync(user, step, role, cancel) is [var problem, ..] ? problem.Message(text) : null;
        }
        catch (BusinessRuleException refused)
        {
            return refused.Text(text);
        }
    }

    async Task<IReadOnlyList<RecordProblem>> StepAsync(CrmUser user, UserStep step, string? role, CancellationToken cancel)
    {
        if (step == UserStep.Invite)
        {
            await mails.InviteAsync(user, cancel);
            return [];
        }
        var roles = await users.GetRolesAsync(user);
        if (step is UserStep.Enable or UserStep.Disable) user.IsEnabled = step == UserStep.Enable;
        return await accounts.SaveAsync(user, step switch { UserStep.AddRole => [.. roles, role!], UserStep.RemoveRole => [.. roles.Where(r => r != role)], _ => [.. roles] }, cancel);
    }

    Task<List<CrmUser>> ReadAsync(IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.Distinct().Take(Most).ToList();
        return db.Users.AsNoTracking().Where(u => wanted.Contains(u.Id)).OrderBy(u => u.NormalizedUserName).ToListAsync(cancel);
    }
}
