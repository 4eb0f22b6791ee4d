using System.Text.Json;
using System.Text.Json.Nodes;

namespace TcCrm.Platform.Recipes;

/// <summary>One entry of a recipe's <c>steps</c>.</summary>
public sealed class RecipeStepEntry : RecipeStepContent
{
    readonly LinedJson _json;
    JsonObject? _body;
    RecipeExpressions? _expressions;

    internal RecipeStepEntry(LinedJson json, string name, string path, JsonPlace place) => (_json, Name, Path, Place) = (json, name, path, place);

    public string Name { get; }
    public string Path { get; }
    internal JsonPlace Place { get; }

    /// <summary>A list of a hundred thousand entries as well: whoever reads entry by entry takes <see cref="List"/>.</summary>
    public override JsonObject Body => _body ??= (JsonObject)At(Place)!;

    /// <summary>As it stands in the file, expressions not evaluated.</summary>
    public JsonObject Written => (JsonObject)_json.NodeAt(Place)!;

    /// <summary>The recipe runs even where nothing here knows this step.</summary>
    public bool IsOptional => _json.Children(Place).Any(c => c.Name == "optional" && c.Place.Kind == JsonTokenType.True);

    /// <summary>How many entries its first list has; null without a list.</summary>
    public int? Count => _json.Children(Place).Where(c => c.Place.Kind == JsonTokenType.StartArray).Select(c => (int?)_json.Children(c.Place).Count).FirstOrDefault();

    public override JsonObject Without(string list) =>
        new(_json.Children(Place).Where(c => !c.Name.Equals(list, StringComparison.OrdinalIgnoreCase)).DistinctBy(c => c.Name).Select(c => KeyValuePair.Create(c.Name, At(c.Place))));

    public override (string Name, IEnumerable<JsonNode?>? Entries)? List(string property)
    {
        var (name, place) = _json.Children(Place).FirstOrDefault(c => c.Name.Equals(property, StringComparison.OrdinalIgnoreCase));
        return name is null || place.Kind == JsonTokenType.Null ? null
            : (name, place.Kind == JsonTokenType.StartArray ? _json.Children(place).Select(c => At(c.Place)) : null);
    }

    internal void Use(RecipeExpressions expressions) => _expressions = expressions;

    JsonNode? At(JsonPlace place)
    {
        _expressions?.BeginAt(place.Start);
        return Evaluated(_json.NodeAt(place));
    }

    /// <summary>What cannot be evaluated stays as it is; <see cref="RecipeFile.Evaluate"/> has said so.</summary>
    JsonNode? Evaluated(JsonNode? node)
    {
        if (_expressions is null) return node;
        if (node is JsonObject @object) foreach (var (key, value) in @object.ToList()) Replace(value, evaluated => @object[key] = evaluated);
        else if (node is JsonArray list) for (var i = 0; i < list.Count; i++) Replace(list[i], evaluated => list[i] = evaluated);
        else if (node is JsonValue text && text.TryGetValue(out string? written) && RecipeExpressions.IsExpression(written)) return _expressions.TryEvaluate(written) is { } value ? JsonValue.Create(value) : node;
        return node;
    }

    void Replace(JsonNode? value, Action<JsonNode?> put)
    {
        if (Evaluated(value) is var evaluated && !ReferenceEquals(evaluated, value)) put(evaluated);
    }
}
