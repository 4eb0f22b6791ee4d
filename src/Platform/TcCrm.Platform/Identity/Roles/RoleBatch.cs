using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity;

public enum RoleStep { Enable, Disable, Remove }

/// <summary>The same step for many roles, each for itself. The plan says beforehand what the run will do.</summary>
public sealed class RoleBatch(RoleAccounts accounts, CrmDbContext db, IText text)
{
    public async Task<IReadOnlyList<BatchItem>> PlanAsync(RoleStep step, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var roles = await db.Roles.AsNoTracking().Where(r => ids.Contains(r.Id)).OrderBy(r => r.NormalizedName).ToListAsync(cancel);
        var plan = new List<BatchItem>();
        foreach (var role in roles) plan.Add(new(role.Id, text[role.Name!], await RefusalAsync(() => step == RoleStep.Remove ? accounts.RequireRemovableAsync(role, cancel) : accounts.RequireSwitchable(role, step == RoleStep.Enable))));
        return plan;
    }

    public async Task<IReadOnlyList<BatchItem>> RunAsync(RoleStep step, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var done = new List<BatchItem>();
        foreach (var planned in await PlanAsync(step, ids, cancel))
            done.Add(planned.Refusal is null ? planned with { Refusal = await RefusalAsync(() => StepAsync(planned.Id, step, cancel)) } : planned);
        return done;
    }

    async Task StepAsync(Guid id, RoleStep step, CancellationToken cancel)
    {
        db.ChangeTracker.Clear(); // nothing of one that was refused is saved with the next
        if (await db.Roles.FindAsync([id], cancel) is not { } role) throw new BusinessRuleException("No longer there");
        if (step == RoleStep.Remove) await accounts.RemoveAsync(role, cancel);
        else await accounts.SwitchAsync(role, step == RoleStep.Enable, cancel);
    }

    async Task<string?> RefusalAsync(Func<Task> step)
    {
        try
        {
            await step();
            return null;
        }
        catch (BusinessRuleException refused)
        {
            return refused.Text(text);
        }
    }
}
