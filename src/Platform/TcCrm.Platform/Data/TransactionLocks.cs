using Microsoft.EntityFrameworkCore;

namespace TcCrm.Platform.Data;

public static class TransactionLocks
{
    /// <summary>Waits until no other transaction of the tenant holds the name, and holds it until this one ends. On SQLite the write gate does this for all names.</summary>
    public static async Task AloneAsync(this CrmDbContext db, string name, CancellationToken cancel)
    {
        if (!db.Database.IsNpgsql() || db.Database.CurrentTransaction is null) return;
        await using var command = db.CreateCommand("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || @name, 0))", ("@name", name));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
