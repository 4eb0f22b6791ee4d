using Npgsql;

namespace TcCrm.Tests;

/// <summary>An empty PostgreSQL database of its own, gone when disposed.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    readonly string server;
    readonly string name;

    PostgresDatabase(string server, string name)
    {
        this.server = server;
        this.name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<PostgresDatabase> CreateAsync()
    {
        var server = await PostgresServer.ConnectionStringAsync();
        var database = new PostgresDatabase(server, $"test_{Guid.CreateVersion7():n}");
        await database.OnServerAsync($"create database {database.name} template template0");
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await OnServerAsync($"drop database {name} with (force)");
    }

    async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
