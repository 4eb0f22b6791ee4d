using System.Text.Json.Nodes;

namespace TcCrm.Platform.Recipes;

/// <summary>A step and the recipe it comes from.</summary>
public sealed record PlannedStep(RecipeFile File, RecipeStepEntry Entry);

/// <summary>A recipe with all the recipes it names, their expressions evaluated: the steps in the order in which they run. A recipe named twice runs once.</summary>
public sealed class RecipeSet
{
    readonly RecipeCatalogue _catalogue;
    readonly RecipeValues _values;
    readonly List<PlannedStep> _steps = [];
    readonly List<RecipeProblem> _problems = [];
    readonly HashSet<string> _done = new(StringComparer.OrdinalIgnoreCase);
    readonly Stack<string> _underway = [];

    RecipeSet(string name, RecipeCatalogue catalogue, RecipeValues values) => (Name, _catalogue, _values) = (name, catalogue, values);

    public string Name { get; }
    public IReadOnlyList<PlannedStep> Steps => _steps;
    public IReadOnlyList<RecipeProblem> Problems => _problems;

    public static RecipeSet Load(RecipeFile recipe, RecipeCatalogue catalogue, RecipeValues values)
    {
        var set = new RecipeSet(recipe.Header.Name, catalogue, values);
        set.Add(recipe);
        return set;
    }

    void Add(RecipeFile recipe)
    {
        _underway.Push(recipe.Header.Name);
        recipe.Evaluate(_values);
        _problems.AddRange(recipe.Problems);
        foreach (var step in recipe.Steps)
        {
            if (step.Name.Equals("recipes", StringComparison.OrdinalIgnoreCase)) AddNamed(recipe, step);
            else _steps.Add(new(recipe, step));
        }
        _underway.Pop();
        _done.Add(recipe.Header.Name);
    }

    void AddNamed(RecipeFile recipe, RecipeStepEntry step)
    {
        var key = step.Body.Select(p => p.Key).FirstOrDefault(k => k.Equals("Values", StringComparison.OrdinalIgnoreCase)) ?? "Values";
        if (step.Body[key] is not JsonArray values)
        {
            Problem(recipe, $"{step.Path}.{key}", "A list is expected here.");
            return;
        }
        for (var i = 0; i < values.Count; i++) AddNamed(recipe, $"{step.Path}.{key}[{i}]", values[i]);
    }

    void AddNamed(RecipeFile recipe, string path, JsonNode? entry)
    {
        var name = (entry as JsonObject)?.FirstOrDefault(p => p.Key.Equals("name", StringComparison.OrdinalIgnoreCase)).Value?.ToString() ?? "";
        if (_underway.Contains(name, StringComparer.OrdinalIgnoreCase)) Problem(recipe, path, "The recipe '{0}' would run itself.", name);
        else if (!_done.Contains(name) && _catalogue.Find(name, recipe.Files) is { } named) Add(named);
        else if (!_done.Contains(name)) Problem(recipe, path, "There is no recipe '{0}'.", name);
    }

    void Problem(RecipeFile recipe, string path, string key, params object?[] args) =>
        _problems.Add(new(path, recipe.LineOf(path), key, args) { Recipe = recipe.Source });
}
