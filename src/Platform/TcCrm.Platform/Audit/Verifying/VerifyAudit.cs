using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Audit;

/// <summary>Looks the whole log through with the tenant's key: in the tenant's own database, or in a copy of it. It writes nothing.</summary>
public sealed class VerifyAudit(TenantContext tenant, TenantDatabases databases, AuditKey key, AuditHead head)
{
    /// <param name="progress">Told now and then how many entries are done.</param>
    /// <exception cref="BusinessRuleException">The key of the seals is gone.</exception>
    public async Task<AuditVerdict> ExecuteAsync(Func<long, Task>? progress, CancellationToken cancel)
    {
        var at = tenant.Snapshot.Tenant;
        await using var connection = await databases.EngineOf(at).OpenAsync(at.Store, cancel);
        return await RunAsync(connection, progress, cancel);
    }

    /// <summary>A copy of a SQLite database. One that is older than the last block ends before it, and that is said, too.</summary>
    /// <exception cref="BusinessRuleException">There is no such file, or the key of the seals is gone.</exception>
    public async Task<AuditVerdict> CopyAsync(string file, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new BusinessRuleException("There is no file '{0}'.", null, file);
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        return await RunAsync(connection, null, cancel);
    }

    async Task<AuditVerdict> RunAsync(DbConnection connection, Func<long, Task>? progress, CancellationToken cancel)
    {
        var mark = head.Read(); // ahead of the snapshot, which may then be newer but never older
        await using var transaction = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true) : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var (rows, faults) = (new AuditRows(connection, transaction), new AuditFaults());
        var found = key.Find();
        if (found is null && (mark is not null || (await rows.BlocksAsync(0, cancel)).Count > 0))
            throw new BusinessRuleException("The key of the audit log's seals is gone, so nothing can be sealed or verified. Bring it back from a backup.");
        var chain = new ChainCheck(rows, found ?? [], faults);
        await chain.RunAsync(mark, cancel);
        var entries = new EntryCheck(rows, chain.Counts, faults);
        await entries.RunAsync(progress, cancel);
        return new(entries.Count, chain.Counts.Count, entries.Unsealed, entries.Erased, chain.SealedUntil, faults.First);
    }
}
