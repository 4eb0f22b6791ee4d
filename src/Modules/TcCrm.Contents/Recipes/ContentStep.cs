using System.Text.Json.Nodes;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;

namespace TcCrm.Contents.Recipes;

/// <summary><c>{ "name": "content", "Data": [{ content item }] }</c>: each is a version of its item, kept as it is.</summary>
sealed class ContentStep(ContentImport import, ContentDefinitions definitions) : IRecipeStep
{
    const int Batch = 200;

    public string Name => "content";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var versions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, path) in step.Items<JsonObject>("Data")) Check(step, path, item, versions);
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        var types = (await definitions.TypeNamesAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        foreach (var batch in step.Items<JsonObject>("Data").Chunk(Batch))
        {
            foreach (var (item, path) in batch)
                if (ContentJson.Text(item, "ContentType") is { } type && !types.Contains(type) && unknown.Add(type))
                    step.Warn($"{path}.ContentType", "There is no content type '{0}' here; its items are kept as they are.", type);
            await import.PutAsync([.. batch.Select(i => i.Value)], cancel);
        }
    }

    static void Check(RecipeStepContext step, string path, JsonObject item, HashSet<string> versions)
    {
        foreach (var key in new[] { "ContentItemId", "ContentType" })
            if (item[key] is null) step.Problem($"{path}.{key}", "Fill in this field.");
        foreach (var problem in ContentJson.Problems(item)) step.Problem($"{path}.{problem.Field}", problem.Key, problem.Args);
        foreach (var key in ContentJson.Strangers(item)) step.Warn($"{path}.{key}", "'{0}' is neither a part nor one of the values that every content item has; it is left out.", key);
        if (ContentJson.Text(item, "ContentItemVersionId") is { } version && !versions.Add(version)) step.Problem($"{path}.ContentItemVersionId", "The name '{0}' stands here twice.", version);
    }
}
