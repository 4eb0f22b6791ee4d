using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Checks;
using TcCrm.Platform.Fields.Kinds;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy;

/// <summary>Gathers what makes up a person: record, parts, and the values by which other places know them, those of the past included.</summary>
public sealed class People(CrmDbContext db, PersonRows rows)
{
    /// <summary>The types whose records speak of people.</summary>
    public IEnumerable<RecordType> Types => db.Snapshot.RecordTypes.Values.Where(t => t.Fields.Any(f => f.IsPersonal));

    public RecordType? TypeOf(string name) => Types.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Also what lies in the recycle bin; null when there is no such record. Of a type that speaks of nobody it is the record alone.</summary>
    public async Task<Person?> FindAsync(RecordReference main, CancellationToken cancel)
    {
        if (db.Snapshot.RecordTypes.GetValueOrDefault(main.RecordType) is not { } type || await rows.FindAsync(type, main.RecordId, cancel) is null) return null;
        var records = new List<RecordReference> { main with { RecordType = type.Name } };
        for (var i = 0; i < records.Count; i++) records.AddRange(await rows.PartsOfAsync(records[i], cancel));
        var values = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var record in records) await CollectAsync(record, values, cancel);
        return new(records[0], records, [.. values]);
    }

    async Task CollectAsync(RecordReference reference, HashSet<string> values, CancellationToken cancel)
    {
        var type = db.Snapshot.RecordTypes[reference.RecordType];
        var fields = type.Fields.Where(f => f.Identifies).ToList();
        if (fields.Count == 0 || await rows.FindAsync(type, reference.RecordId, cancel) is not { } record) return;
        foreach (var field in fields) values.UnionWith(FormsOf(field, field.Text(record)));
        var (name, id) = (type.Name, reference.RecordId);
        foreach (var details in await db.Set<AuditEntry>().Where(e => e.RecordType == name && e.RecordId == id).Select(e => e.Details).ToListAsync(cancel))
            foreach (var field in fields) values.UnionWith(Past(details, field.Name).SelectMany(v => FormsOf(field, v)));
    }

    /// <summary>A phone number is also kept without its country and shown in groups.</summary>
    static IEnumerable<string> FormsOf(Field field, string value)
    {
        if (value.Length == 0) return [];
        if (field.Kind is not PhoneKind) return [value];
        var shown = Phones.Display(value);
        return [value, value.TrimStart('+'), shown, string.Concat(shown.Where(c => c is not (' ' or '-'))), string.Concat(shown.Where(c => c is not (' ' or '-'))).TrimStart('0')];
    }

    static List<string> Past(string details, string field)
    {
        try
        {
            using var json = JsonDocument.Parse(details);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(field, out var change) && change.ValueKind == JsonValueKind.Array
                ? [.. change.EnumerateArray().Select(v => v.ToString())] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
