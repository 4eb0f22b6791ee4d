using System.Text;
using Npgsql;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Privacy;

/// <summary>Every place in which something of a tenant is kept, as bytes: files of the data folder, and on PostgreSQL each row of each table.</summary>
static class Traces
{
    /// <returns>Where each of the values stands, letters in any case.</returns>
    public static async Task<List<string>> FindAsync(TestHost host, string tenant, params string[] values)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(host.DataPath, "*", SearchOption.AllDirectories))
            found.AddRange(In(await BytesAsync(file), values).Select(v => $"{v} in {Path.GetRelativePath(host.DataPath, file)}"));
        if (host.ConnectionString is { } connection) found.AddRange(await InTablesAsync(connection, Tenant.SchemaOf(tenant), values));
        return found;
    }

    static async Task<byte[]> BytesAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    static async Task<List<string>> InTablesAsync(string connectionString, string schema, string[] values)
    {
        var found = new List<string>();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT relname FROM pg_class WHERE relnamespace = @schema::regnamespace AND relkind = 'r'", connection) { Parameters = { new("schema", schema) } })
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        foreach (var table in tables)
        {
            using var rows = await connection.BeginTextExportAsync($"COPY \"{schema}\".\"{table}\" TO STDOUT");
            found.AddRange(In(Encoding.UTF8.GetBytes(await rows.ReadToEndAsync()), values).Select(v => $"{v} in {table}"));
        }
        return found;
    }

    static IEnumerable<string> In(byte[] bytes, string[] values)
    {
        var folded = bytes.ToArray();
        for (var i = 0; i < folded.Length; i++) folded[i] = folded[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(folded[i] + 32) : folded[i];
        return values.Where(v => folded.AsSpan().IndexOf(Encoding.UTF8.GetBytes(v.ToLowerInvariant())) >= 0);
    }
}
