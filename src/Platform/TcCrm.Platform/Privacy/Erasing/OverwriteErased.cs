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
    public async Task<bool> ExecuteAsync(CancellationToken cancel)
    {
        var until = Moments.Now(time);
        if (!await db.Set<Erasure>().AnyAsync(e => e.OverwrittenAt == null && e.At <= until, cancel)) return false;
        if (db.Database.IsNpgsql()) await VacuumAsync(cancel);
        else await RewriteAsync(cancel);
        await db.WriteAsync(() => db.Set<Erasure>().Where(e => e.OverwrittenAt == null && e.At <= until).ExecuteUpdateAsync(s => s.SetProperty(e => e.OverwrittenAt, until), cancel), cancel);
        return true;
    }

    async Task VacuumAsync(CancellationToken cancel)
    {
        await using var connection = await databases.EngineOf(db.Snapshot.Tenant).OpenAsync(db.Snapshot.Tenant.Store, cancel);
        await using var tables = connection.CreateCommand();
        tables.CommandText = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'";
        var names = new List<string>();
        await using (var reader = await tables.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel)) names.Add(reader.GetString(0));
        foreach (var name in names) await connection.ExecuteAsync($"VACUUM \"{name}\"", [], cancel);
    }

    /// <summary>The index is merged in small steps; writers wait only while the file itself is written anew.</summary>
    async Task RewriteAsync(CancellationToken cancel)
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
        using var alone = await gate.EnterAsync(cancel);
        await connection.ExecuteAsync("VACUUM", [], cancel);
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)", [], cancel);
    }
}

/// <summary>Not at once: writing a large file anew after each erasure would stop people at work. The page starts it earlier.</summary>
public sealed class OverwriteErasedDaily(OverwriteErased overwrite) : IPeriodicJob
{
    public string Name => "privacy.overwrite";
    public TimeSpan Every => TimeSpan.FromDays(1);

    public Task RunAsync(CancellationToken cancel) => overwrite.ExecuteAsync(cancel);
}
