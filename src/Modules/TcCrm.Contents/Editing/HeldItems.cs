using System.Globalization;
using System.Text.Json.Nodes;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;

namespace TcCrm.Contents.Editing;

/// <summary>An item that lies inside another one, in the order of the form.</summary>
/// <param name="Key">Its id; where that is no word, its place.</param>
/// <param name="Depth">Of a term in its tree.</param>
public sealed record HeldItem(string Key, int Depth, string Type, JsonObject Json)
{
    const int Deepest = 20;

    /// <summary>As a form posts it; the content is posted field by field.</summary>
    public string Posted => $"{Key}|{Depth.ToString(CultureInfo.InvariantCulture)}|{Type}";

    /// <summary>Null for what no form of ours has posted.</summary>
    public static HeldItem? Of(string? posted) =>
        posted?.Split('|', 3) is [var key, var depth, var type] && IsKey(key) && int.TryParse(depth, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? new(key, Math.Min(at, Deepest), type, []) : null;

    public static bool IsKey(string? text) => text is { Length: > 0 and <= ContentJson.LongestId } && text.All(char.IsAsciiLetterOrDigit);
}

/// <summary>Parts that hold whole items: a bag one after the other, a taxonomy its terms as a tree.</summary>
static class HeldItems
{
    const string Terms = "Terms";

    /// <summary>The key of the part under which its items stand; null for parts without any.</summary>
    public static string? KeyOf(PartShape part) => part.PartName switch { "BagPart" => "ContentItems", "TaxonomyPart" => Terms, _ => null };

    public static bool IsTree(PartShape part) => KeyOf(part) == Terms;

    public static string InputOf(PartShape part) => $"{part.Place}.{part.Name}.{KeyOf(part)}";

    public static IReadOnlyList<HeldItem> In(JsonObject item, PartShape part)
    {
        var (found, keys) = (new List<HeldItem>(), new HashSet<string>(StringComparer.Ordinal));
        Collect(item[part.Name]?[KeyOf(part)!], 0);
        return found;

        void Collect(JsonNode? list, int depth)
        {
            foreach (var held in (list as JsonArray ?? []).OfType<JsonObject>())
            {
                var id = ContentJson.Text(held, "ContentItemId");
                found.Add(new(HeldItem.IsKey(id) && keys.Add(id!) ? id! : $"at{found.Count}", depth, ContentJson.Text(held, "ContentType") ?? "", held));
                if (IsTree(part)) Collect(held[Terms], depth + 1);
            }
        }
    }

    /// <summary>The list as the part keeps it. A term that stands deeper than the one before it lies below that.</summary>
    public static JsonArray Nested(IReadOnlyList<HeldItem> items, PartShape part)
    {
        var next = 0;
        return Level(0);

        JsonArray Level(int depth)
        {
            var level = new JsonArray();
            while (next < items.Count && (depth == 0 || items[next].Depth >= depth))
            {
                var json = (JsonObject)items[next++].Json.DeepClone();
                level.Add((JsonNode)json);
                if (IsTree(part) && (json.ContainsKey(Terms) || (next < items.Count && items[next].Depth > depth))) json[Terms] = Level(depth + 1);
            }
            return level;
        }
    }

    /// <summary>Of the types that the part's settings name; the terms of a taxonomy are all of one.</summary>
    public static IEnumerable<TypeShape> Offered(PartShape part, IReadOnlyList<TypeShape> types)
    {
        var (names, stereotypes) = (MediaEditor.Listed(part.Own, "ContainedContentTypes").ToList(), MediaEditor.Listed(part.Own, "ContainedStereotypes").ToList());
        return types.Where(t => names.Contains(t.Name) || stereotypes.Contains(t.Stereotype ?? ""));
    }

    /// <param name="owner">Id of the taxonomy, for its terms.</param>
    public static JsonObject Fresh(string id, string type, PartShape part, string? owner)
    {
        var item = new JsonObject { ["ContentItemId"] = id, ["ContentType"] = type };
        if (IsTree(part)) item["TermPart"] = new JsonObject { ["TaxonomyContentItemId"] = owner };
        return item;
    }
}
