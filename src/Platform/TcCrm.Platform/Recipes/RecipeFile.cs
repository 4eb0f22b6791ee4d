using System.Text.Json.Nodes;
using Microsoft.Extensions.FileProviders;

namespace TcCrm.Platform.Recipes;

/// <summary>One entry of a recipe's <c>steps</c>.</summary>
public sealed record RecipeStepEntry(string Name, string Path, JsonObject Body)
{
    /// <summary>As it stands in the file, expressions not evaluated.</summary>
    public JsonObject Written { get; } = (JsonObject)Body.DeepClone();
    /// <summary>The recipe runs even where nothing here knows this step.</summary>
    public bool IsOptional => Body["optional"] is JsonValue flag && flag.TryGetValue(out bool optional) && optional;
}

/// <summary>A <c>*.recipe.json</c> in Orchard Core's format, read whole: what is wrong with it is collected, not thrown.</summary>
public sealed class RecipeFile
{
    readonly LinedJson _json;
    readonly List<RecipeProblem> _problems = [];

    RecipeFile(string source, LinedJson json, IFileProvider files)
    {
        (Source, _json, Files) = (source, json, files);
        _problems.AddRange(json.Problems);
        var root = json.Root as JsonObject;
        if (root is null && _problems.Count == 0) Problem("$", "A recipe is a JSON object.");
        Header = RecipeHeader.Of(root ?? []);
        Steps = root is null ? [] : [.. ReadSteps(root)];
        Variables = root is null ? [] : ReadVariables(root);
    }

    /// <summary>File or resource name, for messages.</summary>
    public string Source { get; }
    public RecipeHeader Header { get; }
    public JsonObject Variables { get; }
    public IReadOnlyList<RecipeStepEntry> Steps { get; }
    public IFileProvider Files { get; }
    public IReadOnlyList<RecipeProblem> Problems => [.. _problems.Select(p => p with { Recipe = Source })];

    public static RecipeFile Read(string source, ReadOnlySpan<byte> utf8, IFileProvider files) => new(source, LinedJson.Read(utf8), files);

    public int LineOf(string path) => _json.LineOf(path);

    /// <summary>Replaces every expression in the steps by its value. Once: a second call finds none.</summary>
    public void Evaluate(RecipeValues values)
    {
        var expressions = new RecipeExpressions(Variables, values, Files);
        foreach (var step in Steps) Evaluate(step.Body, expressions);
    }

    void Evaluate(JsonNode? node, RecipeExpressions expressions)
    {
        if (node is JsonObject @object) foreach (var value in @object.Select(p => p.Value).ToList()) Evaluate(value, expressions);
        else if (node is JsonArray list) foreach (var value in list.ToList()) Evaluate(value, expressions);
        else if (node is JsonValue text && text.TryGetValue(out string? written)) Evaluate(text, written, expressions);
    }

    void Evaluate(JsonValue node, string written, RecipeExpressions expressions)
    {
        try
        {
            if (RecipeExpressions.IsExpression(written)) _json.Replace(node, JsonValue.Create(expressions.Evaluate(written)));
            else if (RecipeExpressions.IsOfUnknownKind(written)) Warn(node.GetPath(), "'{0}' looks like an expression of an unknown kind and is kept as text.", written);
        }
        catch (ExpressionRefusedException refused)
        {
            Problem(node.GetPath(), refused.Key, [refused.Expression, .. refused.Args]);
        }
    }

    IEnumerable<RecipeStepEntry> ReadSteps(JsonObject root)
    {
        if (string.IsNullOrWhiteSpace(Header.Name)) Problem("$", "The recipe needs a \"name\".");
        if (Property(root, "steps") is not JsonArray steps)
        {
            Problem("$", "The recipe needs a list \"steps\".");
            yield break;
        }
        for (var i = 0; i < steps.Count; i++)
        {
            var path = $"$.steps[{i}]";
            if (steps[i] is not JsonObject body) Problem(path, "A step is a JSON object.");
            else if (body["name"] is JsonValue value && value.TryGetValue(out string? name) && name.Length > 0) yield return new(name, path, body);
            else Problem(path, "A step needs a \"name\"; the key is in lower case.");
        }
    }

    JsonObject ReadVariables(JsonObject root)
    {
        var keys = root.Select(p => p.Key.ToUpperInvariant()).ToList();
        if (keys.IndexOf("VARIABLES") > keys.IndexOf("STEPS") && keys.Contains("STEPS")) Problem("$.variables", "\"variables\" must stand before \"steps\".");
        if (Property(root, "variables") is not { } variables) return [];
        if (variables is JsonObject named) return named;
        Problem("$.variables", "\"variables\" is a JSON object of names and values.");
        return [];
    }

    void Problem(string path, string key, params object?[] args) => _problems.Add(new(path, LineOf(path), key, args));

    void Warn(string path, string key, params object?[] args) => _problems.Add(new(path, LineOf(path), key, args) { IsWarning = true });

    static JsonNode? Property(JsonObject root, string name) => root.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
