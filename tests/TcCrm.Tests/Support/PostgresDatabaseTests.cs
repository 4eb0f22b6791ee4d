using Npgsql;

namespace TcCrm.Tests;

public sealed class PostgresDatabaseTests
{
    [Fact]
    public async Task Is_empty_sorts_like_SQLite_and_goes_when_disposed()
    {
        var database = await PostgresDatabase.CreateAsync();
        Assert.Equal("C", await ScalarAsync(database.ConnectionString, "select datcollate from pg_database where datname = current_database()"));
        Assert.Equal(0L, await ScalarAsync(database.ConnectionString, "select count(*) from pg_tables where schemaname = 'public'"));

        await database.DisposeAsync();

        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(database.ConnectionString, "select 1"));
    }

    static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
