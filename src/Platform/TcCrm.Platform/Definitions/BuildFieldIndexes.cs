using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Definitions;

/// <summary>Makes the indexes that definitions want and that are not there yet. Lists work meanwhile; on PostgreSQL nobody waits, on SQLite writers wait for one index at a time.</summary>
sealed class BuildFieldIndexes(CrmDbContext db, TenantDatabases databases, TenantRegistry registry, SnapshotCache snapshots) : IJobHandler
{
    public const string Name = "BuildFieldIndexes";

    public string Kind => Name;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var (tenant, postgres) = (db.Snapshot.Tenant, db.Database.IsNpgsql());
        var there = await StoredDefinitions.IndexesAsync(db, cancel);
        var missing = (await StoredDefinitions.ReadAsync(db, cancel)).SelectMany(d => FieldIndexes.Wanted(d.No, d.Definition, postgres, concurrently: postgres)).Where(w => !there.Contains(w.Name)).ToList();
        for (var done = 0; done < missing.Count; done++)
        {
            await run.ReportAsync(done, missing.Count, cancel);
            if (postgres) await BuildAsideAsync(tenant, missing[done], cancel);
            else await db.WriteAsync(() => db.Database.ExecuteSqlRawAsync(missing[done].Sql, cancel), cancel);
        }
        snapshots.Drop(tenant.Name);
        await registry.TouchAsync(tenant.Name, cancel);
    }

    /// <summary>Outside of every transaction. One that was interrupted has left an index that cannot be used.</summary>
    async Task BuildAsideAsync(Tenant tenant, (string Name, string Sql) index, CancellationToken cancel)
    {
        await using var connection = await databases.EngineOf(tenant).OpenAsync(tenant.Store, cancel);
        await connection.ExecuteAsync($"DROP INDEX IF EXISTS {index.Name}", [], cancel);
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (index.Sql, 0);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
