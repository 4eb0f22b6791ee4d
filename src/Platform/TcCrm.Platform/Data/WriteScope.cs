using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TcCrm.Platform.Data;

/// <summary>One write transaction through the tenant's gate. After the commit the dispatcher is told that there are new events.</summary>
public sealed class WriteScope : IAsyncDisposable
{
    readonly IDbContextTransaction _transaction;
    readonly IDisposable? _pass;
    readonly Action _committed;

    WriteScope(IDbContextTransaction transaction, IDisposable? pass, Action committed) => (_transaction, _pass, _committed) = (transaction, pass, committed);

    internal static async Task<WriteScope> BeginAsync(CrmDbContext db, WriteGate? gate, Action committed, CancellationToken cancel)
    {
        var pass = gate is null ? null : await gate.EnterAsync(cancel);
        try
        {
            return new(await db.Database.BeginTransactionAsync(cancel), pass, committed);
        }
        catch
        {
            pass?.Dispose();
            throw;
        }
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        await _transaction.CommitAsync(cancel);
        _pass?.Dispose();
        _committed();
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        _pass?.Dispose();
    }
}
