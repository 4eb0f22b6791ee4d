using System.Text.Json;
using System.Text.Json.Nodes;

namespace TcCrm.Platform.Privacy.Stores;

/// <summary>The texts in a piece of JSON as people wrote them: what is escaped in it is found as well.</summary>
static class JsonTexts
{
    /// <summary>One text a line; what is no JSON comes back as it is.</summary>
    public static string Of(string json)
    {
        try
        {
            return JsonNode.Parse(json) is { } root ? string.Join('\n', In(root)) : "";
        }
        catch (JsonException)
        {
            return json;
        }
    }

    /// <summary>The JSON with other texts in place of those that are asked for.</summary>
    public static string Replaced(string json, Func<string, string?> with)
    {
        try
        {
            var root = JsonNode.Parse(json);
            var changed = false;
            foreach (var value in root is null ? [] : Leaves(root).Where(v => v.GetValueKind() == JsonValueKind.String).ToList())
            {
                if (with(value.GetValue<string>()) is not { } other) continue;
                value.ReplaceWith(other);
                changed = true;
            }
            return changed ? root!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) : json;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    static IEnumerable<string> In(JsonNode node) => Leaves(node).Select(v => v.ToString());

    static IEnumerable<JsonValue> Leaves(JsonNode node) => node switch
    {
        JsonObject map => map.Select(p => p.Value).OfType<JsonNode>().SelectMany(Leaves),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Leaves),
        JsonValue value => [value],
        _ => [],
    };
}
