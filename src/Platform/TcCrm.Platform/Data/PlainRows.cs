using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace TcCrm.Platform.Data;

/// <summary>
/// Adds rows of one class without tracking them: history, events and search rows come with every record that is saved, and an import saves a million.
/// On SQLite with one statement that stays prepared, on PostgreSQL in one message.
/// </summary>
static class PlainRows
{
    static readonly ConcurrentDictionary<IEntityType, Plan> Plans = new();

    /// <summary>Inside a transaction.</summary>
    public static Task AddAsync<T>(CrmDbContext db, IReadOnlyList<T> rows, CancellationToken cancel) where T : class
    {
        if (rows.Count == 0) return Task.CompletedTask;
        var plan = Plans.GetOrAdd(db.Model.FindEntityType(typeof(T))!, type => new(type));
        return WriteAsync(db, plan.Sql, plan.Columns.Select(c => c.Name), rows.Select(row => plan.Columns.Select(c => c.ValueOf(row))), cancel);
    }

    /// <returns>How many rows the statements have touched.</returns>
    public static async Task<int> WriteAsync(CrmDbContext db, string sql, IEnumerable<string> names, IEnumerable<IEnumerable<object?>> rows, CancellationToken cancel)
    {
        await using var command = db.CreateCommand(sql);
        return db.Database.IsNpgsql() ? await TogetherAsync(command, [.. names], rows, cancel) : await OneByOneAsync(command, names, rows, cancel);
    }

    static async Task<int> OneByOneAsync(DbCommand command, IEnumerable<string> names, IEnumerable<IEnumerable<object?>> rows, CancellationToken cancel)
    {
        foreach (var name in names) command.AddParameter(name, null);
        var written = 0;
        foreach (var row in rows)
        {
            var at = 0;
            foreach (var value in row) command.Parameters[at++].Value = value ?? DBNull.Value;
            written += await command.ExecuteNonQueryAsync(cancel);
        }
        return written;
    }

    static async Task<int> TogetherAsync(DbCommand like, string[] names, IEnumerable<IEnumerable<object?>> rows, CancellationToken cancel)
    {
        await using var batch = like.Connection!.CreateBatch();
        batch.Transaction = like.Transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = like.CommandText;
            foreach (var (name, value) in names.Zip(row))
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }
        return batch.BatchCommands.Count == 0 ? 0 : await batch.ExecuteNonQueryAsync(cancel);
    }

    sealed class Plan
    {
        public Plan(IEntityType type)
        {
            Columns = [.. type.GetProperties().Select((p, i) => new Column(p, $"@p{i}"))];
            Sql = $"INSERT INTO {type.GetTableName()} ({string.Join(", ", Columns.Select(c => c.Property.GetColumnName()))}) VALUES ({string.Join(", ", Columns.Select(c => c.Name))})";
        }

        public IReadOnlyList<Column> Columns { get; }
        public string Sql { get; }
    }

    sealed record Column(IProperty Property, string Name)
    {
        readonly Func<object, object?> _get = Property.GetGetter().GetClrValue;
        readonly Func<object?, object?>? _convert = Property.GetTypeMapping().Converter?.ConvertToProvider;

        public object? ValueOf(object row) => _convert is null ? _get(row) : _convert(_get(row));
    }
}
