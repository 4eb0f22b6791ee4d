using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TcCrm.Contents.Items;

/// <summary>The JSON of content items: eleven keys that every item has, then one for each of its parts.</summary>
public static class ContentJson
{
    public const int LongestId = 26, LongestType = 255;

    internal static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    public static readonly IReadOnlyList<string> Moments = ["ModifiedUtc", "PublishedUtc", "CreatedUtc"];
    public static readonly IReadOnlyList<string> InColumns = ["ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published"];
    public static readonly IReadOnlyList<string> Known = [.. InColumns, .. Moments, "Owner", "Author"];

    /// <summary>The eleven in Orchard Core's order, without those that are null; then the parts as they came. Other single values at the top are no part of the format.</summary>
    public static JsonObject Ordered(JsonObject item)
    {
        var ordered = new JsonObject();
        foreach (var key in Known)
            if (item[key] is { } value) ordered[key] = value.DeepClone();
        foreach (var (key, part) in item.Where(p => !Known.Contains(p.Key) && p.Value is JsonObject or JsonArray)) ordered[key] = part!.DeepClone();
        return ordered;
    }

    /// <summary>Single values at the top that are none of the eleven.</summary>
    public static IEnumerable<string> Strangers(JsonObject item) => item.Where(p => !Known.Contains(p.Key) && p.Value is JsonValue).Select(p => p.Key);

    /// <summary>What has changed comes in: objects key by key, everything else whole.</summary>
    public static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (key, value) in from)
        {
            if (value is JsonObject inner && into[key] is JsonObject present) Merge(present, inner);
            else into[key] = value?.DeepClone();
        }
    }

    public static string? Text(JsonObject item, string key) => item[key] is JsonValue value && value.TryGetValue(out string? text) ? text.Replace("\0", "", StringComparison.Ordinal) : null;

    public static bool? Flag(JsonObject item, string key) => item[key] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    public static DateTime? Moment(JsonObject item, string key) =>
        DateTimeOffset.TryParse(Text(item, key), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment.UtcDateTime : null;

    public static string Moment(DateTime utc) => utc.ToString("O", CultureInfo.InvariantCulture);

    public static string Write(JsonNode json) => json.ToJsonString(Readable);

    /// <summary>What is wrong with the eleven keys of an item that comes from outside: the key, and why.</summary>
    public static IEnumerable<RecordProblem> Problems(JsonObject item)
    {
        foreach (var (key, longest) in new[] { ("ContentItemId", LongestId), ("ContentItemVersionId", LongestId), ("ContentType", LongestType) })
            if (item[key] is { } name && !(name is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl)))
                yield return new(key, "This is a text of 1 to {0} characters.", longest);
        foreach (var key in new[] { "DisplayText", "Owner", "Author" })
            if (item[key] is { } text && Text(item, key) is null) yield return new(key, "A text is expected here.");
        foreach (var key in new[] { "Latest", "Published" })
            if (item[key] is not null && Flag(item, key) is null) yield return new(key, "Yes or no is expected here: true or false.");
        foreach (var key in Moments)
            if (item[key] is not null && Moment(item, key) is null) yield return new(key, "A moment is expected here, such as 2026-12-31T00:00:00Z.");
    }
}
