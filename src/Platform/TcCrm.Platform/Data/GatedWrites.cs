using Microsoft.EntityFrameworkCore;

namespace TcCrm.Platform.Data;

public static class GatedWrites
{
    /// <summary>
    /// Set-wise writes (<c>ExecuteUpdate</c>, raw SQL) through the tenant's gate, in one transaction: without it they contend inside SQLite
    /// and may wait for long. Inside a transaction of the context the work just runs.
    /// </summary>
    public static async Task<T> WriteAsync<T>(this CrmDbContext db, Func<Task<T>> work, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is not null) return await work();
        await using var write = await db.BeginWriteAsync(cancel);
        var result = await work();
        await write.CommitAsync(cancel);
        return result;
    }
}
