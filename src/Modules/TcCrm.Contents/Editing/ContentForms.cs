using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;
using TcCrm.Platform.Tenants;

namespace TcCrm.Contents.Editing;

/// <summary>Puts a content item into a form made from its type, and takes it from there.</summary>
public sealed class ContentForms(TenantContext tenant, ContentChoices choices, IText text)
{
    /// <summary>Heading of parts that are one value each.</summary>
    const string General = "General";
    /// <summary>What says where an item lies; the lists and trees themselves are edited at their owner.</summary>
    static readonly string[] Places = ["Terms", "TermPart", "ContainedPart"];
    readonly EditContext _context = new(tenant.Snapshot.Settings.Zone);

    /// <summary>What is left of the type where its definition is gone.</summary>
    public async Task<TypeShape> TypeAsync(string name, CancellationToken cancel) => (await choices.TypesAsync(cancel)).FirstOrDefault(t => t.Name == name) ?? TypeShape.Unknown(name);

    public Task<IReadOnlyList<TypeShape>> TypesAsync(CancellationToken cancel) => choices.TypesAsync(cancel);

    /// <param name="posted">What was typed, where the form comes back; null to show the item.</param>
    public async Task<ContentForm> OpenAsync(TypeShape type, JsonObject item, IFormCollection? posted, IReadOnlyList<RecordProblem> problems, CancellationToken cancel)
    {
        var sections = new List<ContentSection>();
        foreach (var part in type.Parts)
        {
            var inputs = new List<ContentInput>();
            foreach (var field in FieldEditors.FieldsOf(part))
                if (FieldEditors.Of(field.Kind) is { } editor) inputs.Add(await InputAsync(field, editor, item, posted, problems, cancel));
            var held = HeldItems.KeyOf(part) is null ? null : await HeldAsync(part, item, posted, problems, cancel);
            if (inputs.Count == 0 && held is null) continue;
            var isValue = part.Fields.Count == 0 && held is null;
            if (isValue && sections is [.., { Label: General, Inputs: List<ContentInput> before }]) before.AddRange(inputs);
            else sections.Add(new(isValue ? General : part.Name == type.Name ? type.Label : part.Label, inputs, held));
        }
        return new(type, sections, [.. Kept(type, item)]);
    }

    public async Task<ContentChanges> ReadAsync(TypeShape type, JsonObject item, IFormCollection posted, CancellationToken cancel) => new(await ChangesAsync(type, item, posted, cancel), _context.Problems);

    async Task<JsonObject> ChangesAsync(TypeShape type, JsonObject item, IFormCollection posted, CancellationToken cancel)
    {
        var (changes, isThere) = (new JsonObject(), item.Any(p => !ContentJson.Known.Contains(p.Key)) || item.ContainsKey("ContentItemVersionId"));
        foreach (var field in type.Parts.SelectMany(FieldEditors.FieldsOf))
        {
            if (FieldEditors.Of(field.Kind) is not { } editor || (!posted.TryGetValue(field.Input, out var values) && isThere)) continue;
            var (value, texts) = (field.In(item), Texts(values, editor, field));
            _context.Offer(field, await choices.OfAsync(field, value, cancel));
            var isNew = value.Count == 0;
            if (!isNew && editor.Read(value, field, _context).SequenceEqual(texts)) continue; // what nobody touched keeps its form to the last digit
            if (editor.Write(texts, field, _context) is { } written && !(isNew && IsEmpty(written))) Put(changes, field.Path, written);
        }
        foreach (var part in type.Parts.Where(p => HeldItems.KeyOf(p) is not null && posted.ContainsKey(HeldItems.InputOf(p))))
        {
            var (key, items) = (HeldItems.KeyOf(part)!, new List<HeldItem>());
            foreach (var held in await PresentAsync(part, item, posted, cancel)) items.Add(held with { Json = await WrittenAsync(part, held, posted, cancel) });
            var list = HeldItems.Nested(items, part);
            if (!JsonNode.DeepEquals(list, item[part.Name]?[key] ?? new JsonArray())) Put(changes, [part.Name], new() { [key] = list });
        }
        return changes;
    }

    async Task<ContentInput> InputAsync(FieldShape field, FieldEditor editor, JsonObject item, IFormCollection? posted, IReadOnlyList<RecordProblem> problems, CancellationToken cancel)
    {
        var value = field.In(item);
        _context.Offer(field, await choices.OfAsync(field, value, cancel));
        var texts = posted is not null && posted.TryGetValue(field.Input, out var typed) ? Texts(typed, editor, field) : editor.Read(value, field, _context);
        return new(field, editor.ControlOf(field), texts, _context.ChoicesOf(field), problems.FirstOrDefault(p => p.Field == field.Input)?.Message(text));
    }

    async Task<HeldList> HeldAsync(PartShape part, JsonObject item, IFormCollection? posted, IReadOnlyList<RecordProblem> problems, CancellationToken cancel)
    {
        var forms = new List<HeldForm>();
        foreach (var held in await PresentAsync(part, item, posted, cancel))
        {
            var type = await TypeOfAsync(part, held, cancel);
            var form = await OpenAsync(type, Titled(held.Json, type), posted, problems, cancel);
            forms.Add(new(held, ContentJson.Text(held.Json, "DisplayText") ?? "", form));
        }
        return new(HeldItems.InputOf(part), HeldItems.IsTree(part), forms, await OfferedAsync(part, item, posted, cancel));
    }

    /// <summary>The items of the part as they stand in it, or in the order and number in which they were posted: what is new there has an id and no content yet.</summary>
    async Task<IReadOnlyList<HeldItem>> PresentAsync(PartShape part, JsonObject item, IFormCollection? posted, CancellationToken cancel)
    {
        var present = HeldItems.In(item, part);
        if (posted is null || !posted.TryGetValue(HeldItems.InputOf(part), out var order)) return present;
        var offered = await OfferedAsync(part, item, posted, cancel);
        var items = new List<HeldItem>();
        foreach (var held in order.Select(HeldItem.Of).OfType<HeldItem>().DistinctBy(h => h.Key))
        {
            var type = HeldItems.IsTree(part) ? offered.Select(o => o.Type).FirstOrDefault("") : held.Type;
            if (present.FirstOrDefault(p => p.Key == held.Key) is { } there) items.Add(there with { Depth = held.Depth });
            else if (offered.Any(o => o.Type == type)) items.Add(held with { Type = type, Json = HeldItems.Fresh(held.Key, type, part, ContentJson.Text(item, "ContentItemId")) });
        }
        return items;
    }

    async Task<IReadOnlyList<(string Type, string Label)>> OfferedAsync(PartShape part, JsonObject item, IFormCollection? posted, CancellationToken cancel)
    {
        var types = await choices.TypesAsync(cancel);
        if (!HeldItems.IsTree(part)) return [.. HeldItems.Offered(part, types).Select(t => (t.Name, t.Label))];
        var chosen = posted?[$"{part.Place}.{part.Name}"].ToString() is { Length: > 0 } now ? now : ContentJson.Text(item[part.Name] as JsonObject ?? [], TermTypeEditor.Key) ?? "";
        return [(chosen, types.FirstOrDefault(t => t.Name == chosen)?.Label ?? "")];
    }

    async Task<JsonObject> WrittenAsync(PartShape part, HeldItem held, IFormCollection posted, CancellationToken cancel)
    {
        var (json, type) = ((JsonObject)held.Json.DeepClone(), await TypeOfAsync(part, held, cancel));
        var changes = await ChangesAsync(type, Titled(json, type), posted, cancel);
        ContentJson.Merge(json, changes);
        if (changes["TitlePart"] is JsonObject title) json["DisplayText"] = title["Title"]?.DeepClone();
        return json;
    }

    /// <summary>A type that nobody has defined has at least a title, so that a term can be named.</summary>
    async Task<TypeShape> TypeOfAsync(PartShape part, HeldItem held, CancellationToken cancel)
    {
        var known = (await choices.TypesAsync(cancel)).FirstOrDefault(t => t.Name == held.Type);
        var type = known ?? (HeldItems.IsTree(part) ? TypeShape.Unknown(held.Type) with { Parts = [new("TitlePart", "TitlePart", "TitlePart", [], [])] } : TypeShape.Unknown(held.Type));
        return type.Under($"{HeldItems.InputOf(part)}.{held.Key}");
    }

    /// <summary>Terms may come with a name and without the part that holds it.</summary>
    static JsonObject Titled(JsonObject held, TypeShape type)
    {
        if (held.ContainsKey("TitlePart") || type.Parts.All(p => p.Name != "TitlePart") || ContentJson.Text(held, "DisplayText") is not { } name) return held;
        var titled = (JsonObject)held.DeepClone();
        titled["TitlePart"] = new JsonObject { ["Title"] = name };
        return titled;
    }

    /// <summary>Before check boxes and lists stands an empty value, so that one in which nothing is chosen is posted too.</summary>
    static List<string> Texts(IEnumerable<string?> values, FieldEditor editor, FieldShape field) => editor.ControlOf(field) switch
    {
        "check" => [values.Contains("true") ? "true" : "false"],
        "choice" or "choices" => [.. values.OfType<string>().Where(v => v.Length > 0)],
        _ => [.. values.Select(v => (v ?? "").Replace("\r\n", "\n", StringComparison.Ordinal))],
    };

    static bool IsEmpty(JsonObject written) => written.All(p => p.Value is null or JsonArray { Count: 0 } || (p.Value is JsonValue value && value.TryGetValue(out string? text) && text.Length == 0));

    static void Put(JsonObject into, IReadOnlyList<string> path, JsonObject value)
    {
        foreach (var key in path.SkipLast(1)) into = (JsonObject)(into[key] ??= new JsonObject());
        if (into[path[^1]] is JsonObject present) ContentJson.Merge(present, value);
        else into[path[^1]] = value;
    }

    static IEnumerable<string> Kept(TypeShape type, JsonObject item)
    {
        var edited = type.Parts.SelectMany(FieldEditors.FieldsOf).Where(f => FieldEditors.Of(f.Kind) is not null).Select(f => string.Join('.', f.Path))
            .Concat(type.Parts.Where(p => HeldItems.KeyOf(p) is not null).Select(p => $"{p.Name}.{HeldItems.KeyOf(p)}")).ToHashSet(StringComparer.Ordinal);
        foreach (var (part, value) in item.Where(p => !ContentJson.Known.Contains(p.Key) && !Places.Contains(p.Key) && !edited.Contains(p.Key)))
            if (value is not JsonObject fields) yield return part;
            else if (fields.Count > 0)
                foreach (var key in fields.Select(f => $"{part}.{f.Key}").Where(name => !edited.Contains(name))) yield return key;
    }
}
