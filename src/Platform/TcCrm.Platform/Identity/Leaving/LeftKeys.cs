using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

/// <summary>API keys end.</summary>
sealed class LeftKeys(CrmDbContext db, ApiKeys keys, TimeProvider time) : ILeftBehind
{
    public async Task<IReadOnlyList<LeftItem>> CountAsync(Guid user, CancellationToken cancel) =>
        await Valid(user).CountAsync(cancel) is > 0 and var count ? [new("API keys", count, Ends: true)] : [];

    public async Task HandOverAsync(Guid user, Guid? successor, Func<int, Task> report, CancellationToken cancel)
    {
        foreach (var key in await Valid(user).Select(k => k.Id).ToListAsync(cancel))
        {
            await keys.RevokeAsync(key, cancel);
            await report(1);
        }
    }

    IQueryable<ApiKey> Valid(Guid user)
    {
        var now = Moments.Now(time);
        return db.Set<ApiKey>().AsNoTracking().Where(k => k.UserId == user && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now));
    }
}
