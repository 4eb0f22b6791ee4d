using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Definitions.Storage;

/// <summary>Reads what a snapshot needs of the definitions.</summary>
public static class StoredDefinitions
{
    public static async Task<List<(int No, TypeDefinition Definition)>> ReadAsync(CrmDbContext db, CancellationToken cancel) =>
        [.. (await db.Set<StoredDefinition>().AsNoTracking().Where(d => d.RemovedAt == null).OrderBy(d => d.Id).ToListAsync(cancel)).Select(d => (d.Id, TypeDefinition.Read(d.Json)))];

    /// <summary>Of fields that tenants make; only those that can be used.</summary>
    public static async Task<IReadOnlySet<string>> IndexesAsync(CrmDbContext db, CancellationToken cancel)
    {
        var sql = db.Database.IsNpgsql()
            ? "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND i.indisvalid AND c.relname ~ '_f[0-9]+$'"
            : "SELECT name FROM sqlite_master WHERE type = 'index' AND (name GLOB 'ix_*_f[0-9]*' OR name GLOB 'ix_made_*_id')";
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = db.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (await reader.ReadAsync(cancel)) names.Add(reader.GetString(0));
            return names;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
