using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes.Exports;

/// <summary>
/// Records of the types that carry a code of another system: those that the user may export, and of them the fields that the user sees whole.
/// A record without such a code gets its id as one. What points to another record of the same type follows in steps of its own, when all are there.
/// </summary>
sealed class RecordsExport(CrmDbContext db, Access access) : IRecipeExport
{
    public const string Prefix = "records:", Code = RecordType.CodeField;
    const int Batch = 200;
    readonly Dictionary<Guid, string> _names = [];

    /// <summary>What others point to comes first.</summary>
    public IEnumerable<RecipePart> Parts
    {
        get
        {
            var left = access.Types.Where(t => t.Find(Code) is not null && access.May(RecordRight.Export, t)).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
            while (left.Count > 0)
            {
                var next = left.Find(t => !t.Fields.Any(f => f.LookupType != t.Name && left.Exists(o => o.Name == f.LookupType))) ?? left[0];
                left.Remove(next);
                yield return new(Prefix + next.Name, next.PluralKey, ExportOrder.Records, IsData: true);
            }
        }
    }

    public static string KeyOf(string code, Guid id) => code.Length > 0 ? code : ContentIds.Of(id);

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        var type = access.TypeOf(part.Id[Prefix.Length..])!;
        if (type.Fields.Any(f => f.IsRequired && !IsWithin(f, type, all))) yield break; // nobody could read them back
        var fields = type.Fields.Where(f => !f.IsReadOnly && f.Name != Code && IsWithin(f, type, all)).ToLookup(f => f.LookupType == type.Name);
        await foreach (var step in StepsAsync(type, fields[false].ToList(), isWhole: true, cancel)) yield return step;
        if (!fields[true].Any()) yield break;
        await foreach (var step in StepsAsync(type, fields[true].ToList(), isWhole: false, cancel)) yield return step;
    }

    /// <summary>Whether what the field points to is in the recipe too.</summary>
    static bool IsWithin(Field field, RecordType type, IReadOnlySet<string> all) =>
        field.LookupType is { } other ? other == type.Name || all.Contains(Prefix + other) : field.Kind.Name != "user" || all.Contains(UsersExport.Users);

    async IAsyncEnumerable<JsonObject> StepsAsync(RecordType type, List<Field> fields, bool isWhole, [EnumeratorCancellation] CancellationToken cancel)
    {
        var query = RecordQuery.All with { Size = Batch, Sort = type.Number?.Name, Also = RecordRight.Export };
        do
        {
            var page = await type.ListAsync(db, query, cancel);
            await NameAsync(fields, page.Items, cancel);
            var records = page.Items.Select(r => Json(type, fields, r)).Where(json => isWhole || json.Count > 1).ToArray<JsonNode>();
            if (records.Length > 0) yield return new() { ["name"] = "records", ["Type"] = type.Name, ["Match"] = Code, ["Records"] = new JsonArray(records) };
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    JsonObject Json(RecordType type, List<Field> fields, Record record)
    {
        var json = new JsonObject { [Code] = KeyOf(type.Find(Code)!.Text(record), record.Id) };
        foreach (var field in fields)
            if (field.Value(record) is { } value) json[field.Name] = value is Guid id ? _names.GetValueOrDefault(id) : Json(field, record);
        return json;
    }

    static JsonNode? Json(Field field, Record record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) field.WriteJson(writer, record);
        return JsonNode.Parse(buffer.WrittenSpan);
    }

    async Task NameAsync(List<Field> fields, IReadOnlyList<Record> records, CancellationToken cancel)
    {
        _names.Clear();
        foreach (var group in fields.GroupBy(f => f.LookupType ?? (f.Kind.Name == "user" ? UsersExport.Users : "")).Where(g => g.Key.Length > 0))
        {
            var ids = records.SelectMany(r => group.Select(f => f.Value(r))).OfType<Guid>().Distinct().ToList();
            if (group.Key == UsersExport.Users)
                foreach (var user in await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.UserName }).ToListAsync(cancel)) _names[user.Id] = user.UserName!;
            else if (access.TypeOf(group.Key) is { } type)
                foreach (var record in await type.FindManyAsync(db, ids, cancel)) _names[record.Id] = KeyOf(type.Find(Code)!.Text(record), record.Id);
        }
    }
}
