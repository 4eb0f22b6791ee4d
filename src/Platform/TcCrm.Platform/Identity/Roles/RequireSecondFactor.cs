using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity;

/// <summary>Makes a role ask for a second factor, or no longer. It holds for the administrator's role too, and at the next request of everybody who has it.</summary>
public sealed class RequireSecondFactor(CrmDbContext db, UserRights rights, TimeProvider time)
{
    /// <exception cref="BusinessRuleException">The role holds rights that the acting user does not have.</exception>
    public async Task ExecuteAsync(CrmRole role, bool isRequired, CancellationToken cancel)
    {
        rights.RequireMayGive([role.Name!]);
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Roles.Where(r => r.Id == role.Id && r.RequiresSecondFactor != isRequired).ExecuteUpdateAsync(s => s.SetProperty(r => r.RequiresSecondFactor, isRequired), cancel) == 0) return;
        db.Audit(time, isRequired ? "SecondFactorRequired" : "SecondFactorNotRequired", IdentityAudit.Role, role.Id, new { role.Name });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }
}
