using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>Counts tries of a user, of the password and of the second factor together, in the database: all nodes count the same, and parallel guesses get no more tries than one after the other.</summary>
public sealed class SignInTries(CrmDbContext db, TenantContext tenant, TimeProvider time)
{
    public LockoutOptions Rules => tenant.Snapshot.Identity.Lockout;

    /// <summary>The number of this try since the last success; beyond the limit while the user is locked. Called before what was typed is looked at.</summary>
    public async Task<int> CountAsync(Guid id, CancellationToken cancel)
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

    /// <summary>All is proved: the user is in.</summary>
    public Task SucceededAsync(Guid id, CancellationToken cancel) => WriteAsync(id, "SignedIn", s => s.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), cancel);

    /// <summary>The password was right and a code is to come. Earlier failures stay counted: otherwise the password would buy endless guesses of the code.</summary>
    public Task HalfwayAsync(Guid id, CancellationToken cancel) => WriteAsync(id, null, s => s.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount - 1), cancel);

    /// <param name="id">Null for a name that nobody has: it costs the same.</param>
    public Task FailedAsync(Guid? id, int number, string action, CancellationToken cancel)
    {
        DateTimeOffset? until = number >= Rules.MaxFailedAccessAttempts ? time.GetUtcNow() + Rules.DefaultLockoutTimeSpan : null;
        return WriteAsync(id, until is null ? action : "SignInLocked", until is null || number == int.MaxValue ? null : s => s.SetProperty(u => u.LockoutEnd, until), cancel);
    }

    async Task WriteAsync(Guid? id, string? action, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<CrmUser>>? set, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (set is not null) await db.Users.Where(u => u.Id == (id ?? Guid.Empty)).ExecuteUpdateAsync(set, cancel);
        if (action is not null) db.Audit(time, action, IdentityAudit.User, id, by: id);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }
}
