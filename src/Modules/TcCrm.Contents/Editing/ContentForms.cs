using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;
using TcCrm.Platform.Recipes;

namespace TcCrm.Contents.Editing;

/// <summary>Puts a content item into a form made from its type, and takes it from there.</summary>
public sealed class ContentForms(CrmDbContext db, ContentAccess access, IText text)
{
    const int MostOffered = 200;
    /// <summary>Heading of parts that are one value each.</summary>
    const string General = "General";
    readonly EditContext _context = new(db.Snapshot.Settings.Zone);

    /// <param name="posted">What was typed, where the form comes back; null to show the item.</param>
    public async Task<ContentForm> OpenAsync(TypeShape type, JsonObject item, IFormCollection? posted, IReadOnlyList<RecordProblem> problems, CancellationToken cancel)
    {
        var parts = new List<(string, IReadOnlyList<ContentInput>)>();
        foreach (var part in type.Parts)
        {
            var inputs = new List<ContentInput>();
            foreach (var field in FieldEditors.FieldsOf(part))
                if (FieldEditors.Of(field.Kind) is { } editor) inputs.Add(await InputAsync(field, editor, item, posted, problems, cancel));
            if (inputs.Count == 0) continue;
            if (part.Fields.Count == 0 && parts is [.., (General, List<ContentInput> before)]) before.AddRange(inputs);
            else parts.Add((part.Fields.Count == 0 ? General : part.Name == type.Name ? type.Label : part.Label, inputs));
        }
        return new(type, parts, [.. Kept(type, item)]);
    }

    public async Task<ContentChanges> ReadAsync(TypeShape type, JsonObject item, IFormCollection posted, CancellationToken cancel)
    {
        var changes = new JsonObject();
        foreach (var field in type.Parts.SelectMany(FieldEditors.FieldsOf))
        {
            if (FieldEditors.Of(field.Kind) is not { } editor || (!posted.TryGetValue(field.Input, out var values) && item.Count > 0)) continue;
            var (value, texts) = (field.In(item), Texts(values, editor, field));
            await OfferAsync(field, value, cancel);
            var isNew = value.Count == 0;
            if (!isNew && editor.Read(value, field, _context).SequenceEqual(texts)) continue; // what nobody touched keeps its form to the last digit
            if (editor.Write(texts, field, _context) is { } written && !(isNew && IsEmpty(written))) Put(changes, field.Path, written);
        }
        return new(changes, _context.Problems);
    }

    async Task<ContentInput> InputAsync(FieldShape field, FieldEditor editor, JsonObject item, IFormCollection? posted, IReadOnlyList<RecordProblem> problems, CancellationToken cancel)
    {
        var value = field.In(item);
        await OfferAsync(field, value, cancel);
        var texts = posted is not null && posted.TryGetValue(field.Input, out var typed) ? Texts(typed, editor, field) : editor.Read(value, field, _context);
        return new(field, editor.ControlOf(field), texts, [.. _context.ChoicesOf(field).Select(c => (c.Value, c.Label, c.Depth))], problems.FirstOrDefault(p => p.Field == field.Input)?.Message(text));
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
        var edited = type.Parts.SelectMany(FieldEditors.FieldsOf).Where(f => FieldEditors.Of(f.Kind) is not null).Select(f => string.Join('.', f.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var (part, value) in item.Where(p => !ContentJson.Known.Contains(p.Key) && !edited.Contains(p.Key)))
            if (value is not JsonObject fields) yield return part;
            else if (fields.Count > 0)
                foreach (var key in fields.Select(f => $"{part}.{f.Key}").Where(name => !edited.Contains(name))) yield return key;
    }

    async Task OfferAsync(FieldShape field, JsonObject value, CancellationToken cancel)
    {
        switch (field.Kind)
        {
            case "TextField" when field.Editor == "PredefinedList": _context.Offer(field, WithPresent(PlainTextEditor.Listed(field, "TextFieldPredefinedListEditorSettings"), ContentJson.Text(value, "Text"))); break;
            case "MultiTextField": _context.Offer(field, PlainTextEditor.Listed(field, "MultiTextFieldSettings")); break;
            case "ContentPickerField": _context.Offer(field, await ItemsAsync(field, [.. MediaEditor.Listed(value, "ContentItemIds")], cancel)); break;
            case "UserPickerField": _context.Offer(field, await UsersAsync(cancel)); break;
            case "TaxonomyField": _context.Offer(field, await TermsAsync(field, cancel)); break;
        }
    }

    static IReadOnlyList<Choice> WithPresent(IReadOnlyList<Choice> listed, string? present) => present is not { Length: > 0 } || listed.Any(c => c.Value == present) ? listed : [.. listed, new(present, present)];

    /// <summary>Newest versions of the types that the field points to, as far as the user may see them; what is chosen stays whatever it is.</summary>
    async Task<IReadOnlyList<Choice>> ItemsAsync(FieldShape field, List<string> chosen, CancellationToken cancel)
    {
        var types = MediaEditor.Listed(field.Own, "DisplayedContentTypes").ToList();
        var all = ContentJson.Flag(field.Own, "DisplayAllContentTypes") == true;
        var rows = db.Set<ContentItem>().AsNoTracking().Where(i => i.Latest);
        var offered = await access.Reached(rows.Where(i => all || types.Contains(i.ContentType)), ContentRight.View, types).OrderBy(i => i.DisplayText).Take(MostOffered).Select(i => new { i.ContentItemId, i.DisplayText }).ToListAsync(cancel);
        var missing = chosen.Except(offered.Select(o => o.ContentItemId)).ToList();
        var kept = missing.Count == 0 ? [] : await rows.Where(i => missing.Contains(i.ContentItemId)).ToListAsync(cancel);
        return
        [
            .. offered.Select(o => new Choice(o.ContentItemId, o.DisplayText ?? o.ContentItemId)),
            .. missing.Select(id => new Choice(id, kept.Find(k => k.ContentItemId == id) is { } item ? access.May(ContentRight.View, item) ? item.DisplayText ?? id : text["Not visible to you"] : text["No longer there"])),
        ];
    }

    async Task<IReadOnlyList<Choice>> UsersAsync(CancellationToken cancel) =>
        [.. (await db.Users.AsNoTracking().Where(u => u.IsEnabled).OrderBy(u => u.NormalizedUserName).Take(MostOffered).Select(u => new { u.Id, u.UserName }).ToListAsync(cancel)).Select(u => new Choice(ContentIds.Of(u.Id), u.UserName!))];

    async Task<IReadOnlyList<Choice>> TermsAsync(FieldShape field, CancellationToken cancel)
    {
        if (ContentJson.Text(field.Own, "TaxonomyContentItemId") is not { } id || await db.Set<ContentItem>().AsNoTracking().FirstOrDefaultAsync(i => i.ContentItemId == id && i.Published, cancel) is not { } taxonomy) return [];
        return [.. Below(taxonomy.Read()["TaxonomyPart"] as JsonObject, 0)];
    }

    static IEnumerable<Choice> Below(JsonObject? parent, int depth) => (parent?["Terms"] as JsonArray ?? []).OfType<JsonObject>()
        .SelectMany(term => ContentJson.Text(term, "ContentItemId") is { } id ? Below(term, depth + 1).Prepend(new(id, ContentJson.Text(term, "DisplayText") ?? id, depth)) : []);
}
