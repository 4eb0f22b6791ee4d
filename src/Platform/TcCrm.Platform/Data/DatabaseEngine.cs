using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Data;

/// <summary>Where a run of migrations goes to. <paramref name="Schema"/> is null where a tenant has a file.</summary>
public sealed record MigrationTarget(string Engine, string ConnectionString, string? Schema);

/// <summary>A kind of database server. A "store" is what one tenant has in it: a file or a schema, named like the tenant or, while it is built, aside.</summary>
public abstract class DatabaseEngine : IAsyncDisposable
{
    public abstract string Name { get; }

    public abstract void Use(DbContextOptionsBuilder builder);

    /// <summary>Lends the context a connection to the store; dispose the lease when the context is done.</summary>
    public abstract IDisposable? Connect(CrmDbContext db, string store);

    /// <summary>An open connection outside EF, for set-wise SQL, backup and the registry. The caller disposes it.</summary>
    public abstract Task<DbConnection> OpenAsync(string store, CancellationToken cancel);

    /// <summary>One writer at a time where the engine allows only one; null where it sorts writers out itself.</summary>
    public abstract WriteGate? Gate(string store);

    public abstract Task<bool> ExistsAsync(string store, CancellationToken cancel);
    public abstract Task<MigrationTarget> CreateAsync(string store, CancellationToken cancel);
    public abstract MigrationTarget Target(string store);
    public abstract Task RenameAsync(string from, string to, CancellationToken cancel);
    public abstract Task DropAsync(string store, CancellationToken cancel);
    /// <summary>Closes what is open of the store, before its file is moved, restored or removed.</summary>
    public abstract Task CloseAsync(string store);
    /// <summary>Bytes on disk.</summary>
    public abstract Task<long> SizeAsync(string store, CancellationToken cancel);

    public abstract ValueTask DisposeAsync();
}
