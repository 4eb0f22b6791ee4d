using System.Text.Json;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Api;

/// <summary>
/// A list as JSON: <c>{ "filter": { "all": [ { "field": "city", "op": "eq", "value": "杭州" }, { "any": [ … ] } ] }, "search": "…", "sort": "-name", "fields": ["name"], "size": 50, "after": "…" }</c>.
/// </summary>
static class ViewQuery
{
    const int MaxDepth = 4;

    /// <exception cref="BadFilterException">A condition cannot be understood.</exception>
    public static RecordQuery Read(JsonElement view)
    {
        if (!Cursor.TryParse(Text(view, "after"), out var after)) throw new BadFilterException("'{0}' is not a place in this list.", Text(view, "after"));
        var size = view.TryGetProperty("size", out var given) ? given.GetInt32() : 50;
        if (size is < 1 or > RecordQueryText.MaxSize) throw new BadFilterException("The size of a page is a number from 1 to {0}.", RecordQueryText.MaxSize);
        return new(view.TryGetProperty("filter", out var filter) ? [Part(filter, 0)] : [], Text(view, "search"), Text(view, "sort"), after, size);
    }

    public static string FieldsOf(JsonElement view) =>
        view.TryGetProperty("fields", out var fields) ? string.Join(',', fields.EnumerateArray().Select(f => f.GetString())) : "";

    static FieldFilter Part(JsonElement part, int depth)
    {
        if (depth > MaxDepth) throw new BadFilterException("Conditions may be nested {0} deep.", MaxDepth);
        foreach (var (name, any) in new[] { ("any", true), ("all", false) })
            if (part.TryGetProperty(name, out var parts) && parts.GetArrayLength() > 0) return new FilterGroup(any, [.. parts.EnumerateArray().Select(p => Part(p, depth + 1))]);
        return new(Text(part, "field") ?? "", Text(part, "op") ?? "eq", Text(part, "value") ?? "");
    }

    static string? Text(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null : value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Null => null, _ => value.GetRawText() };
}
