using System.Text.Json.Nodes;

namespace TcCrm.Platform.Recipes;

/// <summary>What a recipe says of itself. Display name and description are text keys.</summary>
public sealed record RecipeHeader(string Name, string DisplayName, string Description, string Author, string Website, string Version)
{
    /// <summary>Offered when a tenant is set up.</summary>
    public bool IsSetupRecipe { get; init; }
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];

    public static RecipeHeader Of(JsonObject root)
    {
        var values = new Dictionary<string, JsonNode?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in root) values.TryAdd(key, value);
        return new(Text(values, "name"), Text(values, "displayName"), Text(values, "description"), Text(values, "author"), Text(values, "website"), Text(values, "version"))
        {
            IsSetupRecipe = Text(values, "issetuprecipe").Equals("true", StringComparison.OrdinalIgnoreCase),
            Categories = Words(values, "categories"),
            Tags = Words(values, "tags"),
        };
    }

    static string Text(Dictionary<string, JsonNode?> values, string key) => values.GetValueOrDefault(key) is JsonValue value ? value.ToString() : "";

    static List<string> Words(Dictionary<string, JsonNode?> values, string key) =>
        values.GetValueOrDefault(key) is JsonArray list ? [.. list.OfType<JsonValue>().Select(v => v.ToString())] : [];
}
