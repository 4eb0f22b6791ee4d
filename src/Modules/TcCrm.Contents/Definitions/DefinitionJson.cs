using System.Text.Json.Nodes;

namespace TcCrm.Contents.Definitions;

/// <summary>
/// The JSON of definitions. Its own keys may be written in any case and are kept in Orchard Core's; settings and whatever else stands there are kept as they are.
/// </summary>
static class DefinitionJson
{
    public const string TypeParts = "ContentTypePartDefinitionRecords", PartFields = "ContentPartFieldDefinitionRecords";

    static readonly string[] Keys = ["Name", "DisplayName", "PartName", "FieldName", "Settings", TypeParts, PartFields];

    public static JsonObject Canonical(JsonObject written) => new(written.Select(p => KeyOf(p.Key) is TypeParts or PartFields && p.Value is JsonArray list
        ? KeyValuePair.Create<string, JsonNode?>(KeyOf(p.Key), new JsonArray([.. list.Select(r => r is JsonObject record ? Canonical(record) : r?.DeepClone())]))
        : KeyValuePair.Create(KeyOf(p.Key), p.Value?.DeepClone())));

    /// <summary>Adds parts, fields and settings; takes nothing away. Objects go key by key, parts and fields by their name, everything else whole.</summary>
    public static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (key, value) in from)
        {
            if (value is JsonObject inner && into[key] is JsonObject present) Merge(present, inner);
            else if (key is TypeParts or PartFields && value is JsonArray records && into[key] is JsonArray list) MergeRecords(list, records);
            else into[key] = value?.DeepClone();
        }
    }

    /// <summary>A part is attached under a name of its own, or under the part's.</summary>
    public static string? NameOf(JsonNode? record) => Text(record, "Name") ?? Text(record, "PartName");

    public static string? Text(JsonNode? record, string key) => record is JsonObject known && known[key] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    public static JsonObject SettingsOf(JsonObject record) => record["Settings"] as JsonObject ?? [];

    static void MergeRecords(JsonArray into, JsonArray from)
    {
        foreach (var record in from.OfType<JsonObject>())
        {
            if (into.FirstOrDefault(r => NameOf(r) == NameOf(record)) is JsonObject present) Merge(present, record);
            else into.Add(record.DeepClone());
        }
    }

    static string KeyOf(string key) => Array.Find(Keys, known => known.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;
}
