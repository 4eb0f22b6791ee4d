using System.Data.Common;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Tenants;

/// <summary>The host's own small database: registry of tenants, administration locks, the list of erased records, tries to sign in. On PostgreSQL all nodes share it.</summary>
public sealed class HostDatabase(TenantDatabases databases, IOptions<TcCrmOptions> options)
{
    /// <summary>Begins with a digit, so no tenant can be called like it.</summary>
    const string Store = "0-host";
    const string Tables = """
        CREATE TABLE IF NOT EXISTS tenant (name text PRIMARY KEY, engine text NOT NULL, state text NOT NULL, host text, title text, recipe text, created_at text NOT NULL, version bigint NOT NULL, error text, aside text);
        CREATE TABLE IF NOT EXISTS administration_lock (tenant text PRIMARY KEY, owner text NOT NULL, purpose text NOT NULL, since text NOT NULL, until text NOT NULL);
        CREATE TABLE IF NOT EXISTS erased_record (tenant text NOT NULL, record_type text NOT NULL, record_id text NOT NULL, at text NOT NULL, PRIMARY KEY (tenant, record_id));
        CREATE TABLE IF NOT EXISTS try_count (name text PRIMARY KEY, slot bigint NOT NULL, count bigint NOT NULL, before bigint NOT NULL, until bigint NOT NULL);
        CREATE INDEX IF NOT EXISTS ix_try_count_until ON try_count (until);
        """;
    readonly DatabaseEngine _engine = databases.Engine(options.Value.Database.Engine);

    public DatabaseEngine Engine => _engine;

    public async Task CreateAsync(CancellationToken cancel)
    {
        if (!await _engine.ExistsAsync(Store, cancel))
        {
            try
            {
                await _engine.CreateAsync(Store, cancel);
            }
            catch (Exception e) when (e is DbException or BusinessRuleException)
            {
                // Another process was first; if not, the next statement says what is wrong.
            }
        }
        await ExecuteAsync((_engine is PostgresEngine ? "SELECT pg_advisory_xact_lock(20261123); " : "") + Tables, [], cancel); // nodes that start together would make the same table twice
    }

    public async Task<int> ExecuteAsync(string sql, IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken cancel)
    {
        await using var connection = await _engine.OpenAsync(Store, cancel);
        using var pass = _engine.Gate(Store) is { } gate ? await gate.EnterAsync(cancel) : null;
        return await connection.ExecuteAsync(sql, parameters, cancel);
    }

    public Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancel) => QueryAsync(sql, read, [], cancel);

    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken cancel)
    {
        await using var connection = await _engine.OpenAsync(Store, cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.AddParameter(name, value);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }
}
