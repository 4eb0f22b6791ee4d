using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

/// <summary>The browsers in which a user is signed in, for the user and for whoever manages users. Who is ended here is out at the next request, on every node.</summary>
public sealed class UserSessions(CrmDbContext db, TimeProvider time)
{
    /// <summary>Those that are still good, the last seen first.</summary>
    public async Task<IReadOnlyList<UserSession>> OfAsync(Guid user, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        var all = await db.Set<UserSession>().AsNoTracking().Where(s => s.UserId == user).ToListAsync(cancel);
        return [.. all.Where(s => s.SeenAt + s.Lasts > now).OrderByDescending(s => s.SeenAt).ThenByDescending(s => s.Id)];
    }

    /// <summary>Ends one session of the user; another user's is not found.</summary>
    public Task<int> EndAsync(Guid user, Guid session, CancellationToken cancel) =>
        EndAsync(user, db.Set<UserSession>().Where(s => s.UserId == user && s.Id == session), cancel);

    public Task<int> EndAllAsync(Guid user, Guid? except, CancellationToken cancel) =>
        EndAsync(user, db.Set<UserSession>().Where(s => s.UserId == user && s.Id != except), cancel);

    async Task<int> EndAsync(Guid user, IQueryable<UserSession> sessions, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var ended = await sessions.ExecuteDeleteAsync(cancel);
        if (ended > 0) db.Audit(time, "SessionsEnded", IdentityAudit.User, user, new { sessions = ended });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return ended;
    }
}
