using System.Data.Common;
using Microsoft.Data.Sqlite;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Audit;

/// <summary>An entry as it stands in the database. <paramref name="Content"/> is null when it is no longer what an entry looks like.</summary>
sealed record AuditRow(Guid Id, AuditContent? Content, byte[]? Salt, byte[]? Digest, long? Block, bool IsErased);

/// <summary>The log by plain SQL, in one state of the database however much is written meanwhile: so that a copy can be read which belongs to no running tenant.</summary>
sealed class AuditRows(DbConnection connection, DbTransaction transaction)
{
    const int Some = 2000;
    const string Blocks = "SELECT number, first_id, last_id, count, entries, entries_digest, previous, sealed_at, seal FROM audit_block WHERE number > @after ORDER BY number LIMIT 100";
    const string Entries = "SELECT id, at, user_id, action, record_type, record_id, details, address, agent, salt, digest, block, erased_at FROM audit_entry WHERE id > @after ORDER BY id LIMIT @some";

    /// <summary>Up to a hundred.</summary>
    public Task<List<AuditBlock>> BlocksAsync(long after, CancellationToken cancel) => ReadAsync(Blocks, [("@after", after)], r => new AuditBlock
    {
        Number = r.GetInt64(0),
        FirstId = Id(r, 1),
        LastId = Id(r, 2),
        Count = r.GetInt32(3),
        Entries = (byte[])r.GetValue(4),
        EntriesDigest = (byte[])r.GetValue(5),
        Previous = (byte[])r.GetValue(6),
        SealedAt = Moment(r, 7),
        Seal = (byte[])r.GetValue(8),
    }, cancel);

    public async Task<byte[]> ListOfAsync(long block, CancellationToken cancel) =>
        (await ReadAsync("SELECT entries FROM audit_block WHERE number = @block", [("@block", block)], r => (byte[])r.GetValue(0), cancel))[0];

    /// <summary>Some thousands; none at the end.</summary>
    public Task<List<AuditRow>> EntriesAsync(Guid after, CancellationToken cancel) => ReadAsync(Entries, [("@after", Parameter(after)), ("@some", Some)], Row, cancel);

    async Task<List<T>> ReadAsync<T>(string sql, (string, object?)[] parameters, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in parameters) command.AddParameter(name, value);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    static AuditRow Row(DbDataReader r) => new(Id(r, 0), ContentOf(r), Bytes(r, 9), Bytes(r, 10), r.IsDBNull(11) ? null : r.GetInt64(11), !r.IsDBNull(12));

    static AuditContent? ContentOf(DbDataReader r)
    {
        try
        {
            return new(Id(r, 0), Moment(r, 1), r.IsDBNull(2) ? null : Id(r, 2), r.GetString(3), r.GetString(4), r.IsDBNull(5) ? null : Id(r, 5), r.GetString(6), Text(r, 7), Text(r, 8));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidCastException)
        {
            return null;
        }
    }

    static Guid Id(DbDataReader r, int column) => r.GetValue(column) is Guid id ? id : new((byte[])r.GetValue(column), bigEndian: true);
    static DateTime Moment(DbDataReader r, int column) => DateTime.SpecifyKind(r.GetDateTime(column), DateTimeKind.Utc);
    static byte[]? Bytes(DbDataReader r, int column) => r.IsDBNull(column) ? null : (byte[])r.GetValue(column);
    static string? Text(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
    object Parameter(Guid id) => connection is SqliteConnection ? id.ToByteArray(bigEndian: true) : id;
}
