using Npgsql;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Search;

namespace TcCrm.Bench.Data;

/// <summary>COPY, a table at a time.</summary>
sealed class PostgresRows(CrmDbContext db, string table) : RowSink(db, table)
{
    const string Staged = "search_staged";
    readonly Dictionary<string, List<IReadOnlyList<(string Column, object? Value)>>> _rows = [];

    protected override string IndexQuery => $"SELECT indexname || chr(9) || indexdef AS \"Value\" FROM pg_indexes WHERE schemaname = current_schema() AND tablename IN ('{Table}', 'search_row') AND indexname LIKE 'ix\\_%'";
    protected override Task PrepareAsync(CancellationToken cancel) => ExecuteAsync($"SET maintenance_work_mem = '512MB'; DROP TABLE IF EXISTS {Staged}; CREATE TEMP TABLE {Staged} (record_id uuid, body text)", cancel);
    protected override Task FinishAsync(CancellationToken cancel) => ExecuteAsync("VACUUM ANALYZE", cancel);

    public override Task WriteAsync(string table, IReadOnlyList<(string Column, object? Value)> row, CancellationToken cancel)
    {
        if (!_rows.TryGetValue(table, out var rows)) _rows.Add(table, rows = []);
        rows.Add(row);
        return Task.CompletedTask;
    }

    public override Task WriteSearchAsync(string recordType, Guid id, string text, CancellationToken cancel) =>
        WriteAsync(Staged, [("record_id", id), ("body", SearchTerms.Body(recordType, text))], cancel);

    public override async Task FlushAsync(CancellationToken cancel)
    {
        foreach (var (table, rows) in _rows) await CopyAsync(table, rows, cancel);
        _rows.Clear();
        await ExecuteAsync($"INSERT INTO search_row (record_id, body) SELECT record_id, to_tsvector('simple', body) FROM {Staged}; TRUNCATE {Staged}", cancel);
    }

    async Task CopyAsync(string table, List<IReadOnlyList<(string Column, object? Value)>> rows, CancellationToken cancel)
    {
        var connection = (NpgsqlConnection)Db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table} ({string.Join(", ", rows[0].Select(c => c.Column))}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            foreach (var (_, value) in row)
                if (value is null) await copy.WriteNullAsync(cancel);
                else await copy.WriteAsync(value, cancel);
        }
        await copy.CompleteAsync(cancel);
    }
}
