using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;
using TcCrm.Platform.Recipes;

namespace TcCrm.Contents.Editing;

/// <summary>What a field offers to choose from. Read once for a form, however often the field stands in it.</summary>
public sealed class ContentChoices(CrmDbContext db, ContentDefinitions definitions, ContentAccess access, IText text)
{
    const int MostOffered = 200;
    readonly Dictionary<JsonObject, IReadOnlyList<Choice>> _offered = new(ReferenceEqualityComparer.Instance);
    IReadOnlyList<TypeShape>? _types;

    public async Task<IReadOnlyList<TypeShape>> TypesAsync(CancellationToken cancel) => _types ??= await definitions.ShapesAsync(cancel);

    /// <param name="value">What stands in the field now, which may stay whatever it is.</param>
    public async Task<IReadOnlyList<Choice>> OfAsync(FieldShape field, JsonObject value, CancellationToken cancel) => field.Kind switch
    {
        "TextField" when field.Editor == "PredefinedList" => WithPresent(PlainTextEditor.Listed(field, "TextFieldPredefinedListEditorSettings"), ContentJson.Text(value, "Text")),
        "MultiTextField" => PlainTextEditor.Listed(field, "MultiTextFieldSettings"),
        "ContentPickerField" => await WithChosenAsync(await OnceAsync(field, ItemsAsync, cancel), [.. MediaEditor.Listed(value, "ContentItemIds")], cancel),
        "UserPickerField" => await OnceAsync(field, (_, c) => UsersAsync(c), cancel),
        "TaxonomyField" => WithTerms(await OnceAsync(field, TermsAsync, cancel), MediaEditor.Listed(value, "TermContentItemIds")),
        "TaxonomyPart" => WithPresent([.. (await TypesAsync(cancel)).Where(t => t.Stereotype is null).Select(t => new Choice(t.Name, t.Label))], ContentJson.Text(value, TermTypeEditor.Key)),
        _ => [],
    };

    /// <summary>The terms of a tree, one after the other; where only those without any below may be chosen, the others are headings.</summary>
    public static IEnumerable<Choice> Terms(JsonNode? terms, bool leavesOnly, int depth = 0) => (terms as JsonArray ?? []).OfType<JsonObject>()
        .SelectMany(term => ContentJson.Text(term, "ContentItemId") is { } id
            ? Terms(term["Terms"], leavesOnly, depth + 1).Prepend(new(id, ContentJson.Text(term, "DisplayText") ?? id, depth, leavesOnly && term["Terms"] is JsonArray { Count: > 0 }))
            : []);

    async Task<IReadOnlyList<Choice>> OnceAsync(FieldShape field, Func<FieldShape, CancellationToken, Task<IReadOnlyList<Choice>>> read, CancellationToken cancel)
    {
        if (!_offered.TryGetValue(field.Settings, out var offered)) _offered.Add(field.Settings, offered = await read(field, cancel));
        return offered;
    }

    static IReadOnlyList<Choice> WithPresent(IReadOnlyList<Choice> listed, string? present) => present is not { Length: > 0 } || listed.Any(c => c.Value == present) ? listed : [.. listed, new(present, present)];

    /// <summary>Newest versions of the types that the field points to, as far as the user may see them.</summary>
    async Task<IReadOnlyList<Choice>> ItemsAsync(FieldShape field, CancellationToken cancel)
    {
        var types = MediaEditor.Listed(field.Own, "DisplayedContentTypes").ToList();
        var all = ContentJson.Flag(field.Own, "DisplayAllContentTypes") == true;
        return await access.Reached(db.Set<ContentItem>().AsNoTracking().Where(i => i.Latest && (all || types.Contains(i.ContentType))), ContentRight.View, types)
            .OrderBy(i => i.DisplayText).Take(MostOffered).Select(i => new Choice(i.ContentItemId, i.DisplayText ?? i.ContentItemId, 0, false)).ToListAsync(cancel);
    }

    async Task<IReadOnlyList<Choice>> WithChosenAsync(IReadOnlyList<Choice> offered, List<string> chosen, CancellationToken cancel)
    {
        var missing = chosen.Except(offered.Select(o => o.Value)).ToList();
        var kept = missing.Count == 0 ? [] : await db.Set<ContentItem>().AsNoTracking().Where(i => i.Latest && missing.Contains(i.ContentItemId)).ToListAsync(cancel);
        return [.. offered, .. missing.Select(id => new Choice(id, kept.Find(k => k.ContentItemId == id) is { } item ? access.May(ContentRight.View, item) ? item.DisplayText ?? id : text["Not visible to you"] : text["No longer there"]))];
    }

    async Task<IReadOnlyList<Choice>> UsersAsync(CancellationToken cancel) =>
        [.. (await db.Users.AsNoTracking().Where(u => u.IsEnabled).OrderBy(u => u.NormalizedUserName).Take(MostOffered).Select(u => new { u.Id, u.UserName }).ToListAsync(cancel)).Select(u => new Choice(ContentIds.Of(u.Id), u.UserName!))];

    /// <summary>Of the version in force; of a taxonomy that was never published, of its draft.</summary>
    async Task<IReadOnlyList<Choice>> TermsAsync(FieldShape field, CancellationToken cancel)
    {
        var id = ContentJson.Text(field.Own, "TaxonomyContentItemId");
        var taxonomy = await db.Set<ContentItem>().AsNoTracking().Where(i => i.ContentItemId == id && (i.Published || i.Latest)).OrderByDescending(i => i.Published).FirstOrDefaultAsync(cancel);
        return [.. Terms(taxonomy?.Read()["TaxonomyPart"]?["Terms"], ContentJson.Flag(field.Own, "LeavesOnly") == true)];
    }

    IReadOnlyList<Choice> WithTerms(IReadOnlyList<Choice> terms, IEnumerable<string> chosen)
    {
        var present = chosen.ToHashSet(StringComparer.Ordinal);
        return [.. terms.Select(t => present.Contains(t.Value) ? t with { IsHeading = false } : t), .. present.Except(terms.Select(t => t.Value)).Select(id => new Choice(id, text["No longer there"]))];
    }
}
