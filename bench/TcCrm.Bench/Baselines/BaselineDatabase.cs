using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace TcCrm.Bench.Baselines;

/// <summary>What the baselines share: connections with the product's pragmas, the check of a key, a query by id, an amount as JSON.</summary>
static class BaselineDatabase
{
    const string KeyQuery = "SELECT k.secret_hash, k.revoked_at, k.expires_at, u.is_enabled, r.name FROM api_key k JOIN users u ON u.id = k.user_id LEFT JOIN user_roles m ON m.user_id = u.id LEFT JOIN roles r ON r.id = m.role_id WHERE k.id = @id";

    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, ForeignKeys = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL; PRAGMA cache_size = -256; PRAGMA busy_timeout = 10000;";
        command.ExecuteNonQuery();
        return connection;
    }

    public static bool MayEnter(SqliteConnection connection, string authorization)
    {
        var token = authorization["Bearer tccrm_".Length..];
        using var row = Read(connection, KeyQuery, Guid.ParseExact(token.AsSpan(0, 32), "N"));
        return row.Read() && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token[33..])), (byte[])row[0])
            && row.IsDBNull(1) && row.IsDBNull(2) && row.GetBoolean(3) && row.GetString(4) == "Administrator";
    }

    /// <summary>The command lives as long as its reader.</summary>
    public static SqliteDataReader Read(SqliteConnection connection, string sql, object id)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@id", id is Guid guid ? guid.ToByteArray(bigEndian: true) : id);
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
