using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Customers;
using TcCrm.Customers.Demo;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Bench.Data;

/// <summary>Demo customers written set-wise, with their search and index rows but no history: a million in minutes.</summary>
sealed class CustomerRows(CrmDbContext db, Guid owner)
{
    public const string FewSource = "bench-25";
    const int Few = 25;
    const int RowsPerTransaction = 50_000;
    const string Table = "customers_customer";

    static readonly DateTimeOffset First = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    readonly RecordType _type = db.Snapshot.RecordTypes["customers.customer"];

    public async Task WriteAsync(int count, CancellationToken cancel)
    {
        var sink = RowSink.Of(db, Table);
        await sink.BeginAsync(cancel);
        var made = 0;
        foreach (var some in DemoCustomers.Generate(count).Chunk(RowsPerTransaction))
        {
            foreach (var customer in some) await WriteAsync(sink, customer.Fields, made++, count, cancel);
            await sink.FlushAsync(cancel);
            Console.WriteLine($"  {made} of {count} rows");
        }
        await db.Database.ExecuteSqlAsync($"INSERT INTO number_series (name, last) VALUES ({_type.Name + "|"}, {count}) ON CONFLICT (name) DO UPDATE SET last = excluded.last", cancel);
        await sink.EndAsync(cancel);
    }

    async Task WriteAsync(RowSink sink, IReadOnlyDictionary<string, string?> fields, int index, int count, CancellationToken cancel)
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
        await sink.WriteAsync(Table, columns, cancel);
        foreach (var word in Words(texts.GetValueOrDefault(nameof(Customer.Tags))))
            await sink.WriteAsync("multi_value", [("record_type", _type.Name), ("field", nameof(Customer.Tags)), ("value", word), ("record_id", db.IdParameter(id))], cancel);
        await sink.WriteSearchAsync(_type.Name, id, string.Join('\n', _type.Fields.Where(f => f.IsSearched).Select(f => texts.GetValueOrDefault(f.Name)).Where(t => t?.Length > 0)), cancel);
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
            _ => text.Length == 0 && field.PlainType == typeof(Guid) ? null : text,
        })];
    }

    static string[] Words(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
}
