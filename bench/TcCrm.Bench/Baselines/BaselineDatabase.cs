using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace TcCrm.Bench.Baselines;

/// <summary>What the baselines share: a connection with the product's pragmas, a query by id, an amount as JSON.</summary>
static class BaselineDatabase
{
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, ForeignKeys = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL; PRAGMA cache_size = -256; PRAGMA busy_timeout = 10000;";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>The command lives as long as its reader.</summary>
    public static SqliteDataReader Read(SqliteConnection connection, string sql, Guid id)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@id", id.ToByteArray(bigEndian: true));
        return command.ExecuteReader();
    }

    public static void WriteMoney(Utf8JsonWriter json, string name, SqliteDataReader row, int column)
    {
        json.WritePropertyName(name);
        if (row.IsDBNull(column))
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        json.WriteString("amount"u8, (row.GetInt64(column) / 100m).ToString("F2", CultureInfo.InvariantCulture));
        json.WriteString("currency"u8, row.GetString(column + 1));
        json.WriteEndObject();
    }
}
