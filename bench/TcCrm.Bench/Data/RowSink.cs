using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Bench.Data;

/// <summary>Takes rows set-wise, the fastest way an engine has; the indexes of the table are made anew behind them.</summary>
abstract class RowSink(CrmDbContext db, string table)
{
    protected CrmDbContext Db => db;
    protected string Table => table;
    IReadOnlyList<string> _indexes = [];

    public static RowSink Of(CrmDbContext db, string table) => db.Database.IsSqlite() ? new SqliteRows(db, table) : new PostgresRows(db, table);

    public async Task BeginAsync(CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        await PrepareAsync(cancel);
        var found = await db.Database.SqlQueryRaw<string>(IndexQuery).ToListAsync(cancel);
        foreach (var index in found) await ExecuteAsync($"DROP INDEX \"{index.Split('\t')[0]}\"", cancel);
        _indexes = [.. found.Select(i => i.Split('\t')[1])];
    }

    public abstract Task WriteAsync(string table, IReadOnlyList<(string Column, object? Value)> row, CancellationToken cancel);
    public abstract Task WriteSearchAsync(string recordType, Guid id, string text, CancellationToken cancel);
    /// <summary>Commits what was written since the last time.</summary>
    public abstract Task FlushAsync(CancellationToken cancel);

    public async Task EndAsync(CancellationToken cancel)
    {
        await FlushAsync(cancel);
        foreach (var index in _indexes) await ExecuteAsync(index, cancel);
        await FinishAsync(cancel);
    }

    /// <summary>Name and definition of each index that is no key, with a tab between.</summary>
    protected abstract string IndexQuery { get; }
    protected abstract Task PrepareAsync(CancellationToken cancel);
    protected abstract Task FinishAsync(CancellationToken cancel);

    protected async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = db.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>Prepared inserts in one large transaction.</summary>
sealed class SqliteRows(CrmDbContext db, string table) : RowSink(db, table)
{
    readonly Dictionary<string, DbCommand> _inserts = [];
    WriteScope? _write;

    protected override string IndexQuery => $"SELECT name || char(9) || sql AS Value FROM sqlite_master WHERE type = 'index' AND tbl_name = '{Table}' AND sql IS NOT NULL";
    protected override Task PrepareAsync(CancellationToken cancel) => ExecuteAsync("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000", cancel);
    protected override Task FinishAsync(CancellationToken cancel) => ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancel);

    public override async Task WriteAsync(string table, IReadOnlyList<(string Column, object? Value)> row, CancellationToken cancel)
    {
        _write ??= await Db.BeginWriteAsync(cancel);
        if (!_inserts.TryGetValue(table, out var insert))
            _inserts.Add(table, insert = Db.CreateCommand($"INSERT INTO {table} ({string.Join(", ", row.Select(c => c.Column))}) VALUES ({string.Join(", ", row.Select(c => "@" + c.Column))})", [.. row.Select(c => ("@" + c.Column, c.Value))]));
        for (var i = 0; i < row.Count; i++) insert.Parameters[i].Value = row[i].Value ?? DBNull.Value;
        await insert.ExecuteNonQueryAsync(cancel);
    }

    public override Task WriteSearchAsync(string recordType, Guid id, string text, CancellationToken cancel) =>
        Platform.Search.SearchIndex.WriteAsync(Db, recordType, id, text, isNew: true, cancel);

    public override async Task FlushAsync(CancellationToken cancel)
    {
        if (_write is null) return;
        await _write.CommitAsync(cancel);
        await _write.DisposeAsync();
        foreach (var insert in _inserts.Values) await insert.DisposeAsync(); // a command belongs to its transaction
        _inserts.Clear();
        _write = null;
    }
}
