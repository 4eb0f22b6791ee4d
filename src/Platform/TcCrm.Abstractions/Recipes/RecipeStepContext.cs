using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.FileProviders;

namespace TcCrm;

/// <summary>One entry of a step's list, and where it stands below the step.</summary>
public sealed record RecipeItem<T>(T Value, string Path);

/// <summary>One step of a recipe with its expressions evaluated. Paths given to it are relative to the step: <c>Roles[0].Name</c>.</summary>
public sealed class RecipeStepContext
{
    static readonly JsonSerializerOptions Reading = new()
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter() },
    };

    public required RecipeStepContent Content { get; init; }
    /// <summary>The step as written, keys in their own case, <c>name</c> included. Of a long list <see cref="Items"/> reads one entry at a time.</summary>
    public JsonObject Body => Content.Body;
    /// <summary>Where the step stands in its recipe: <c>$.steps[3]</c>.</summary>
    public required string Path { get; init; }
    public required RecipePlan Plan { get; init; }
    /// <summary>The recipe's folder; nothing outside can be reached through it.</summary>
    public required IFileProvider Files { get; init; }
    public required Func<string, int> LineOf { get; init; }
    public required Action<RecipeProblem> Report { get; init; }
    /// <summary>Runs after the recipe's transaction was committed: for what no transaction holds, such as files put in their place.</summary>
    public Action<Action> OnCommit { get; init; } = _ => { };
    /// <summary>Runs when the recipe was given up: takes away what was laid aside.</summary>
    public Action<Action> OnRollback { get; init; } = _ => { };

    /// <summary>A value of the body by its name in any case, or null.</summary>
    public JsonNode? Find(string property) =>
        Body.FirstOrDefault(p => p.Key.Equals(property, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads the body as <typeparamref name="T"/>; what does not fit is reported and gives null.</summary>
    public T? Read<T>() where T : class => Read<T>(Body, "");

    /// <summary>The same without one of its lists, for steps that read that entry by entry.</summary>
    public T? ReadWithout<T>(string list) where T : class => Read<T>(Content.Without(list), "");

    /// <summary>Reads a list of the body entry by entry, as somebody asks for the next; each that does not fit is reported then. A missing list is empty.</summary>
    public IEnumerable<RecipeItem<T>> Items<T>(string property) where T : class
    {
        if (Content.List(property) is not var (name, entries)) yield break;
        if (entries is null) Problem(name, "A list is expected here.");
        var at = 0;
        foreach (var node in entries ?? [])
            if (Item<T>(node, $"{name}[{at++}]") is { } item) yield return item;
    }

    public void Problem(string at, string key, params object?[] args) => Report(At(at, key, args));

    public void Warn(string at, string key, params object?[] args) => Report(At(at, key, args) with { IsWarning = true });

    RecipeItem<T>? Item<T>(JsonNode? node, string at) where T : class => Read<T>(node, at) is { } value ? new(value, at) : null;

    T? Read<T>(JsonNode? node, string at) where T : class
    {
        try
        {
            if (node.Deserialize<T>(Reading) is { } value) return value;
            Problem(at, "A value is expected here.");
        }
        catch (JsonException wrong)
        {
            Problem(at + (wrong.Path ?? "$")[1..], "This value does not have the expected form.");
        }
        return null;
    }

    RecipeProblem At(string at, string key, object?[] args)
    {
        var path = at.Length == 0 ? Path : at[0] is '[' or '.' ? Path + at : $"{Path}.{at}";
        return new(path, LineOf(path), key, args);
    }
}
