using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TcCrm.Platform.Data;

/// <summary>
/// One write transaction through the tenant's gate. On SQLite the gate opens with the commit and the disk is waited for afterwards, together with
/// others (<see cref="SharedFlush"/>): a commit that has ended is on the disk. After it the dispatcher is told that there are new events.
/// </summary>
public sealed class WriteScope : IAsyncDisposable
{
    readonly CrmDbContext _db;
    readonly WriteGate? _gate;
    readonly IDisposable? _pass;
    readonly Action _committed;
    IDbContextTransaction? _transaction;
    bool _isOver;

    WriteScope(CrmDbContext db, WriteGate? gate, IDisposable? pass, Action committed) => (_db, _gate, _pass, _committed) = (db, gate, pass, committed);

    internal static async Task<WriteScope> BeginAsync(CrmDbContext db, WriteGate? gate, Action committed, CancellationToken cancel)
    {
        var scope = new WriteScope(db, gate, gate is null ? null : await gate.EnterAsync(cancel), committed);
        try
        {
            await scope.SynchroniseAsync("NORMAL");
            scope._transaction = await db.Database.BeginTransactionAsync(cancel);
            return scope;
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        await _transaction!.CommitAsync(cancel);
        await EndAsync();
        if (_gate is not null) await _gate.Log.WaitAsync();
        _committed();
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    /// <summary>Whatever else the connection writes waits for the disk by itself.</summary>
    async Task EndAsync()
    {
        if (_isOver) return;
        _isOver = true;
        if (_transaction is not null) await _transaction.DisposeAsync();
        await SynchroniseAsync("FULL");
        _pass?.Dispose();
    }

    async Task SynchroniseAsync(string mode)
    {
        if (_gate is null) return;
        await using var command = _db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA synchronous = " + mode;
        await command.ExecuteNonQueryAsync();
    }
}
