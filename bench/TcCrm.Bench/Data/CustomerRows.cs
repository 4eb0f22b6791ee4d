using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore;
using TcCrm.Customers;
using TcCrm.Customers.Demo;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Search;

namespace TcCrm.Bench.Data;

/// <summary>Demo customers written set-wise, with their search and index rows but no history: a million in minutes.</summary>
sealed class CustomerRows(CrmDbContext db, Guid owner)
{
    public const string FewSource = "bench-25";
    const int Few = 25;
    const int RowsPerTransaction = 100_000;
    const string Table = "customers_customer";

    static readonly DateTimeOffset First = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    readonly RecordType _type = db.Snapshot.RecordTypes["customers.customer"];

    public async Task WriteAsync(int count, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        await ExecuteAsync("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000", cancel);
        var indexes = await DropIndexesAsync(cancel);
        var made = 0;
        foreach (var some in DemoCustomers.Generate(count).Chunk(RowsPerTransaction))
        {
            await using var write = await db.BeginWriteAsync(cancel);
            foreach (var customer in some) await WriteAsync(customer.Fields, made++, count, cancel);
            await write.CommitAsync(cancel);
            Forget();
            Console.WriteLine($"  {made} of {count} rows");
        }
        foreach (var index in indexes) await ExecuteAsync(index, cancel);
        await ExecuteAsync($"INSERT INTO number_series (name, last) VALUES ('{_type.Name}|', {count}) ON CONFLICT (name) DO UPDATE SET last = excluded.last", cancel);
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancel);
    }

    DbCommand? _insert;
    DbCommand? _value;

    async Task WriteAsync(IReadOnlyDictionary<string, string?> fields, int index, int count, CancellationToken cancel)
    {
        var at = First.AddSeconds(index * 10.0);
        var id = Guid.CreateVersion7(at);
        var texts = new Dictionary<string, string?>(fields)
        {
            [nameof(Customer.Number)] = $"C-{index + 1:000000}",
            [nameof(Customer.Language)] = index % 2 == 0 ? nameof(SpokenLanguage.Mandarin) : nameof(SpokenLanguage.English),
        };
        if (index % (count / Few) == 0) texts[nameof(Customer.Source)] = FewSource;
        var columns = new List<(string, object?)> { ("id", db.IdParameter(id)), ("version", 1), ("created_at", at.UtcDateTime), ("modified_at", at.UtcDateTime), ("owner_id", index % 3 == 0 ? db.IdParameter(owner) : null) };
        foreach (var field in _type.Fields.Where(f => f.Name != nameof(Customer.OwnerId))) columns.AddRange(ColumnsOf(field, texts.GetValueOrDefault(field.Name) ?? ""));
        await RunAsync(_insert ??= Command(Table, columns), columns, cancel);
        foreach (var word in Words(texts.GetValueOrDefault(nameof(Customer.Tags))))
        {
            (string, object?)[] value = [("record_type", _type.Name), ("field", nameof(Customer.Tags)), ("value", word), ("record_id", db.IdParameter(id))];
            await RunAsync(_value ??= Command("multi_value", value), value, cancel);
        }
        await SearchIndex.WriteAsync(db, _type.Name, id, string.Join('\n', _type.Fields.Where(f => f.IsSearched).Select(f => texts.GetValueOrDefault(f.Name)).Where(t => t?.Length > 0)), isNew: true, cancel);
    }

    static IEnumerable<(string, object?)> ColumnsOf(Field field, string text)
    {
        var column = JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);
        if (field.Kind.Name == "money") return text.Length == 0 ? [(column + "_minor", null), (column + "_currency", null)] : [(column + "_minor", (long)(decimal.Parse(text[..^4], CultureInfo.InvariantCulture) * 100)), (column + "_currency", text[^3..])];
        return [(column, field.Kind.Name switch
        {
            "tags" => JsonStrings.Write([.. Words(text)]),
            "choice" => text.Length == 0 ? null : (int)Enum.Parse(field.PlainType, text),
            "date" => text.Length == 0 ? null : DateOnly.Parse(text, CultureInfo.InvariantCulture),
            _ => text,
        })];
    }

    static string[] Words(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    DbCommand Command(string table, IReadOnlyCollection<(string Column, object? Value)> columns) =>
        db.CreateCommand($"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Column))}) VALUES ({string.Join(", ", columns.Select(c => "@" + c.Column))})", [.. columns.Select(c => ("@" + c.Column, c.Value))]);

    static Task<int> RunAsync(DbCommand command, IReadOnlyList<(string Column, object? Value)> columns, CancellationToken cancel)
    {
        for (var i = 0; i < columns.Count; i++) command.Parameters[i].Value = columns[i].Value ?? DBNull.Value;
        return command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A command belongs to the transaction it was made in.</summary>
    void Forget()
    {
        _insert?.Dispose();
        _value?.Dispose();
        (_insert, _value) = (null, null);
    }

    async Task<List<string>> DropIndexesAsync(CancellationToken cancel)
    {
        var found = await db.Database.SqlQueryRaw<string>($"SELECT name || char(9) || sql AS Value FROM sqlite_master WHERE type = 'index' AND tbl_name = '{Table}' AND sql IS NOT NULL").ToListAsync(cancel);
        foreach (var index in found) await ExecuteAsync($"DROP INDEX \"{index.Split('\t')[0]}\"", cancel);
        return [.. found.Select(i => i.Split('\t')[1])];
    }

    async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = db.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
