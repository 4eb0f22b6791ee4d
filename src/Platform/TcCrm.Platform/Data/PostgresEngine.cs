using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Data;

/// <summary>A schema per tenant and one pool for all: every opened connection is sent to its tenant's schema first.</summary>
public sealed class PostgresEngine : DatabaseEngine
{
    readonly string _connectionString;
    readonly Lazy<NpgsqlDataSource> _source;

    public PostgresEngine(IOptions<TcCrmOptions> options)
    {
        _connectionString = options.Value.Database.ConnectionString ?? "";
        _source = new(() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connectionString) { NoResetOnClose = true, MaxAutoPrepare = 0 }));
    }

    public override string Name => "postgres";

    public override void Use(DbContextOptionsBuilder builder) => builder.UseNpgsql(_source.Value).AddInterceptors(new SchemaPerTenant());

    public override IDisposable? Connect(CrmDbContext db, string store) => null;

    public override async Task<DbConnection> OpenAsync(string store, CancellationToken cancel)
    {
        var connection = await _source.Value.OpenConnectionAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = UseSchema(store);
        await command.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public override WriteGate? Gate(string store) => null;

    public override async Task<bool> ExistsAsync(string store, CancellationToken cancel)
    {
        await using var command = _source.Value.CreateCommand("SELECT count(*) FROM pg_namespace WHERE nspname = $1");
        command.Parameters.AddWithValue(Tenant.SchemaOf(store));
        return (long)(await command.ExecuteScalarAsync(cancel))! > 0;
    }

    public override async Task<MigrationTarget> CreateAsync(string store, CancellationToken cancel)
    {
        await ExecuteAsync($"CREATE SCHEMA \"{Tenant.SchemaOf(store)}\"", cancel);
        return Target(store);
    }

    public override MigrationTarget Target(string store) =>
        new(Name, new NpgsqlConnectionStringBuilder(_connectionString) { SearchPath = Tenant.SchemaOf(store), Pooling = false }.ConnectionString, Tenant.SchemaOf(store));

    public override Task RenameAsync(string from, string to, CancellationToken cancel) =>
        ExecuteAsync($"ALTER SCHEMA \"{Tenant.SchemaOf(from)}\" RENAME TO \"{Tenant.SchemaOf(to)}\"", cancel);

    public override Task DropAsync(string store, CancellationToken cancel) =>
        ExecuteAsync($"DROP SCHEMA IF EXISTS \"{Tenant.SchemaOf(store)}\" CASCADE", cancel);

    public override Task CloseAsync(string store) => Task.CompletedTask;

    public override async Task<long> SizeAsync(string store, CancellationToken cancel)
    {
        await using var command = _source.Value.CreateCommand("SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r'");
        command.Parameters.AddWithValue(Tenant.SchemaOf(store));
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_source.IsValueCreated) await _source.Value.DisposeAsync();
    }

    async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = _source.Value.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    static string UseSchema(string store) => $"SET search_path TO \"{Tenant.SchemaOf(store)}\"";

    sealed class SchemaPerTenant : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData data) =>
            Command(connection, data).ExecuteNonQuery();

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData data, CancellationToken cancel = default) =>
            Command(connection, data).ExecuteNonQueryAsync(cancel);

        static DbCommand Command(DbConnection connection, ConnectionEndEventData data)
        {
            var store = ((CrmDbContext)data.Context!).Store ?? throw new InvalidOperationException("A context without a tenant.");
            var command = connection.CreateCommand();
            command.CommandText = UseSchema(store);
            return command;
        }
    }
}
