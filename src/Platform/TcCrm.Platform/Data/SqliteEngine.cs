using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Data;

/// <summary>A folder per tenant under <c>tenants/</c> with its <c>crm.db</c>; the tenant's files lie beside it.</summary>
public sealed class SqliteEngine : DatabaseEngine
{
    const int CannotOpen = 14; // SQLITE_CANTOPEN
    readonly TcCrmOptions _options;
    readonly SqliteConnections _connections;
    readonly ITimer _sweep;
    readonly ConcurrentDictionary<string, WriteGate> _gates = new(StringComparer.Ordinal);

    // A connection serves one request at a time, so SQLite need not lock inside it. Must come before the first connection.
    static SqliteEngine()
    {
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_shutdown();
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        SQLitePCL.raw.sqlite3_initialize();
    }

    public SqliteEngine(IOptions<TcCrmOptions> options, TimeProvider time)
    {
        _options = options.Value;
        var keepFor = TimeSpan.FromSeconds(_options.IdleSeconds);
        _connections = new(_options.IdleConnections, keepFor, time);
        _sweep = time.CreateTimer(_ => _connections.CloseUnused(), null, keepFor, keepFor);
    }

    public override string Name => "sqlite";

    public override void Use(DbContextOptionsBuilder builder) => builder.UseSqlite().AddInterceptors(new KeptStatements());

    public override IDisposable? Connect(CrmDbContext db, string store)
    {
        var connection = _connections.Take(store) ?? OpenNew(store);
        db.Database.SetDbConnection(connection);
        return new Lease(_connections, store, connection);
    }

    public override Task<DbConnection> OpenAsync(string store, CancellationToken cancel) => Task.FromResult<DbConnection>(OpenNew(store));

    public override WriteGate? Gate(string store) => _gates.GetOrAdd(store, s => new(SharedFlush.OfLog(FileOf(s) + "-wal")));

    public override Task<bool> ExistsAsync(string store, CancellationToken cancel) => Task.FromResult(File.Exists(FileOf(store)));

    public override async Task<MigrationTarget> CreateAsync(string store, CancellationToken cancel)
    {
        if (File.Exists(FileOf(store))) throw new BusinessRuleException("There is a database '{0}' already.", null, store);
        Directory.CreateDirectory(FolderOf(store));
        await using var connection = new SqliteConnection(ConnectionString(store));
        await connection.OpenAsync(cancel);
        Execute(connection, "PRAGMA journal_mode = WAL");
        return Target(store);
    }

    public override MigrationTarget Target(string store) => new(Name, ConnectionString(store), null);

    public override async Task RenameAsync(string from, string to, CancellationToken cancel)
    {
        await CloseAsync(from);
        Directory.Move(FolderOf(from), FolderOf(to));
    }

    public override async Task DropAsync(string store, CancellationToken cancel)
    {
        await CloseAsync(store);
        if (Directory.Exists(FolderOf(store))) Directory.Delete(FolderOf(store), recursive: true);
    }

    public override Task CloseAsync(string store)
    {
        _connections.Close(store);
        return Task.CompletedTask;
    }

    public override Task<long> SizeAsync(string store, CancellationToken cancel) => Task.FromResult(
        Directory.Exists(FolderOf(store)) ? new DirectoryInfo(FolderOf(store)).EnumerateFiles("crm.db*").Sum(f => f.Length) : 0);

    public override ValueTask DisposeAsync()
    {
        _sweep.Dispose();
        _connections.Dispose();
        foreach (var gate in _gates.Values) gate.Dispose();
        return ValueTask.CompletedTask;
    }

    string FolderOf(string store) => Path.Combine(_options.DataPath, "tenants", store);
    string FileOf(string store) => Path.Combine(FolderOf(store), "crm.db");

    string ConnectionString(string store) => new SqliteConnectionStringBuilder { DataSource = FileOf(store), Pooling = false, ForeignKeys = false }.ConnectionString;

    StatementKeepingConnection OpenNew(string store)
    {
        if (!File.Exists(FileOf(store))) throw new SqliteException($"The database file of '{store}' is not there.", CannotOpen);
        var connection = new StatementKeepingConnection(ConnectionString(store));
        connection.Open();
        Execute(connection, $"PRAGMA synchronous = FULL; PRAGMA cache_size = -{_options.SqliteCacheKiB}; PRAGMA busy_timeout = 10000;");
        return connection;
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    sealed class Lease(SqliteConnections connections, string store, SqliteConnection connection) : IDisposable
    {
        SqliteConnection? _connection = connection;

        public void Dispose()
        {
            var own = Interlocked.Exchange(ref _connection, null) ?? throw new InvalidOperationException("A connection was given back twice.");
            connections.Return(store, own);
        }
    }
}
