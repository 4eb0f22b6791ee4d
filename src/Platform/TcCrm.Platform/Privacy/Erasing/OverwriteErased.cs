using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>
/// What a database deletes it only lets go of: the bytes stay in free space until something else is written there. This writes over it: the terms of the
/// search index, free pages, the write-ahead log.
/// </summary>
public sealed class OverwriteErased(CrmDbContext db, TenantDatabases databases, TimeProvider time)
{
    const int PagesAtATime = 2000;

    /// <returns>Whether there was anything to write over.</returns>
    public Task<bool> ExecuteAsync(CancellationToken cancel) => ExecuteAsync((_, _) => Task.CompletedTask, cancel);

    /// <param name="report">Told how many of how many tables are done; 0 of 0 where it is one step.</param>
    public async Task<bool> ExecuteAsync(Func<int, int, Task> report, CancellationToken cancel)
    {
        var until = Moments.Now(time);
        if (!await db.Set<Erasure>().AnyAsync(e => e.OverwrittenAt == null && e.At <= until, cancel)) return false;
        if (db.Database.IsNpgsql()) await VacuumAsync(report, cancel);
        else await RewriteAsync(report, cancel);
        await db.WriteAsync(() => db.Set<Erasure>().Where(e => e.OverwrittenAt == null && e.At <= until).ExecuteUpdateAsync(s => s.SetProperty(e => e.OverwrittenAt, until), cancel), cancel);
        return true;
    }

    async Task VacuumAsync(Func<int, int, Task> report, CancellationToken cancel)
    {
        await using var connection = await databases.EngineOf(db.Snapshot.Tenant).OpenAsync(db.Snapshot.Tenant.Store, cancel);
        await using var tables = connection.CreateCommand();
        tables.CommandText = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'";
        var names = new List<string>();
        await using (var reader = await tables.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel)) names.Add(reader.GetString(0));
        for (var i = 0; i < names.Count; i++)
        {
            await report(i, names.Count);
            await connection.ExecuteAsync($"VACUUM \"{names[i]}\"", [], cancel);
        }
    }

    /// <summary>The index is merged in small steps; writers wait only while the file itself is written anew.</summary>
    async Task RewriteAsync(Func<int, int, Task> report, CancellationToken cancel)
    {
        var engine = databases.EngineOf(db.Snapshot.Tenant);
        var gate = engine.Gate(db.Snapshot.Tenant.Store)!;
        await using var connection = await engine.OpenAsync(db.Snapshot.Tenant.Store, cancel);
        await using var merge = connection.CreateCommand();
        merge.CommandText = $"INSERT INTO search_text (search_text, rank) VALUES ('merge', {-PagesAtATime}); SELECT total_changes()";
        for (long before = -1, now = 0; now - before >= 2 || before < 0;)
        {
            using var pass = await gate.EnterAsync(cancel);
            (before, now) = (now, (long)(await merge.ExecuteScalarAsync(cancel))!);
            merge.CommandText = merge.CommandText.Replace($"{-PagesAtATime}", $"{PagesAtATime}", StringComparison.Ordinal); // a negative number begins, a positive one goes on
        }
        await report(0, 0);
        using var alone = await gate.EnterAsync(cancel);
        await connection.ExecuteAsync("VACUUM", [], cancel);
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)", [], cancel);
    }
}
