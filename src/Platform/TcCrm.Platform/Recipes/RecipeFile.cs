using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.FileProviders;

namespace TcCrm.Platform.Recipes;

/// <summary>A <c>*.recipe.json</c> in Orchard Core's format: what is wrong with it is collected, not thrown. Steps are read when somebody asks for them.</summary>
public sealed class RecipeFile
{
    readonly LinedJson _json;
    readonly List<RecipeProblem> _problems = [];
    bool _isEvaluated;

    RecipeFile(string source, LinedJson json, IFileProvider files)
    {
        (Source, _json, Files) = (source, json, files);
        _problems.AddRange(json.Problems);
        var root = json.Root is { Kind: JsonTokenType.StartObject } place ? json.Children(place) : null;
        if (root is null && json.Root is not null) Problem("$", "A recipe is a JSON object.");
        Header = RecipeHeader.Of(new JsonObject((root ?? []).Where(c => !Is(c.Name, "steps")).DistinctBy(c => c.Name).Select(c => KeyValuePair.Create(c.Name, json.NodeAt(c.Place)))));
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

    public static RecipeFile Read(string source, byte[] utf8, IFileProvider files) => new(source, LinedJson.Read(JsonText.Of(utf8)), files);

    /// <summary>A file of any length: its text stays on disk, where it must stay what it is as long as the recipe is in use.</summary>
    public static RecipeFile Open(string source, string path, IFileProvider files) => new(source, LinedJson.Read(JsonText.InFile(path)), files);

    public int LineOf(string path) => _json.LineOf(path);

    /// <summary>From now on the steps have values in place of their expressions, the same however often they are read; those that have none are told of. Once: a second call changes nothing.</summary>
    public void Evaluate(RecipeValues values)
    {
        if (_isEvaluated) return;
        _isEvaluated = true;
        var expressions = new RecipeExpressions(Variables, values, Files);
        foreach (var step in Steps)
        {
            step.Use(expressions);
            _json.EachBracketed(step.Place, step.Path, (trail, line, written) =>
            {
                try
                {
                    if (RecipeExpressions.IsExpression(written)) expressions.Evaluate(written);
                    else if (RecipeExpressions.IsOfUnknownKind(written)) _problems.Add(new(trail.Path, line, "'{0}' looks like an expression of an unknown kind and is kept as text.", written) { IsWarning = true });
                }
                catch (ExpressionRefusedException refused)
                {
                    _problems.Add(new(trail.Path, line, refused.Key, [refused.Expression, .. refused.Args]));
                }
            });
        }
    }

    IEnumerable<RecipeStepEntry> ReadSteps(IReadOnlyList<(string Name, JsonPlace Place)> root)
    {
        if (string.IsNullOrWhiteSpace(Header.Name)) Problem("$", "The recipe needs a \"name\".");
        if (root.FirstOrDefault(c => Is(c.Name, "steps")).Place is not { Kind: JsonTokenType.StartArray } list)
        {
            Problem("$", "The recipe needs a list \"steps\".");
            yield break;
        }
        var steps = _json.Children(list);
        for (var i = 0; i < steps.Count; i++)
        {
            var (path, place) = ($"$.steps[{i}]", steps[i].Place);
            if (place.Kind != JsonTokenType.StartObject) Problem(path, "A step is a JSON object.");
            else if (_json.Children(place).FirstOrDefault(c => c.Name == "name") is { Place.Kind: JsonTokenType.String } name && _json.NodeAt(name.Place)?.ToString() is { Length: > 0 } text) yield return new(_json, text, path, place);
            else Problem(path, "A step needs a \"name\"; the key is in lower case.");
        }
    }

    JsonObject ReadVariables(IReadOnlyList<(string Name, JsonPlace Place)> root)
    {
        var keys = root.Select(c => c.Name.ToUpperInvariant()).ToList();
        if (keys.IndexOf("VARIABLES") > keys.IndexOf("STEPS") && keys.Contains("STEPS")) Problem("$.variables", "\"variables\" must stand before \"steps\".");
        if (!keys.Contains("VARIABLES") || _json.NodeAt(root[keys.IndexOf("VARIABLES")].Place) is not { } variables) return [];
        if (variables is JsonObject named) return named;
        Problem("$.variables", "\"variables\" is a JSON object of names and values.");
        return [];
    }

    void Problem(string path, string key, params object?[] args) => _problems.Add(new(path, LineOf(path), key, args));

    static bool Is(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
