using System.Text.Json.Nodes;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;

namespace TcCrm.Contents.Recipes;

/// <summary><c>{ "name": "ContentDefinition", "ContentTypes": […], "ContentParts": […] }</c>: adds types, parts, fields and settings to what is there.</summary>
sealed class ContentDefinitionStep(ContentDefinitions definitions) : IRecipeStep
{
    public string Name => "ContentDefinition";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel) => DefinitionStep.CheckAsync(step);

    public Task RunAsync(RecipeStepContext step, CancellationToken cancel) => DefinitionStep.RunAsync(step, definitions.MergeAsync, cancel);
}

/// <summary>The same body; what is there of these types and parts goes first.</summary>
sealed class ReplaceContentDefinitionStep(ContentDefinitions definitions) : IRecipeStep
{
    public string Name => "ReplaceContentDefinition";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel) => DefinitionStep.CheckAsync(step);

    public Task RunAsync(RecipeStepContext step, CancellationToken cancel) => DefinitionStep.RunAsync(step, definitions.ReplaceAsync, cancel);
}

/// <summary>What the two steps have in common: the same body.</summary>
static class DefinitionStep
{
    public const string Types = "ContentTypes", Parts = "ContentParts";

    public static Task CheckAsync(RecipeStepContext step)
    {
        foreach (var (type, path) in step.Items<JsonObject>(Types)) Check(step, path, DefinitionJson.Canonical(type), DefinitionJson.TypeParts, "PartName");
        foreach (var (part, path) in step.Items<JsonObject>(Parts)) Check(step, path, DefinitionJson.Canonical(part), DefinitionJson.PartFields, "FieldName");
        return Task.CompletedTask;
    }

    public static async Task RunAsync(RecipeStepContext step, Func<JsonObject, bool, CancellationToken, Task> write, CancellationToken cancel)
    {
        foreach (var (type, _) in step.Items<JsonObject>(Types)) await write(type, false, cancel);
        foreach (var (part, _) in step.Items<JsonObject>(Parts)) await write(part, true, cancel);
    }

    static void Check(RecipeStepContext step, string path, JsonObject definition, string list, string kind)
    {
        if (!IsName(DefinitionJson.Text(definition, "Name"))) step.Problem($"{path}.Name", "This is a text of 1 to {0} characters.", ContentJson.LongestType);
        if (definition["Settings"] is { } settings and not JsonObject) step.Problem($"{path}.Settings", "This value does not have the expected form.");
        if (definition[list] is null) return;
        if (definition[list] is not JsonArray records) step.Problem($"{path}.{list}", "A list is expected here.");
        else for (var i = 0; i < records.Count; i++) CheckRecord(step, $"{path}.{list}[{i}]", records, i, kind);
    }

    static void CheckRecord(RecipeStepContext step, string path, JsonArray records, int index, string kind)
    {
        var name = DefinitionJson.NameOf(records[index]);
        if (!IsName(DefinitionJson.Text(records[index], kind))) step.Problem($"{path}.{kind}", "This is a text of 1 to {0} characters.", ContentJson.LongestType);
        if (!IsName(name)) step.Problem($"{path}.Name", "This is a text of 1 to {0} characters.", ContentJson.LongestType);
        else if (records.Take(index).Any(r => DefinitionJson.NameOf(r) == name)) step.Problem($"{path}.Name", "The name '{0}' stands here twice.", name);
    }

    static bool IsName(string? text) => text is { Length: > 0 and <= ContentJson.LongestType } && !text.Any(char.IsControl);
}

/// <summary><c>{ "name": "DeleteContentDefinition", "ContentTypes": ["A"], "ContentParts": ["B"] }</c>, where they are. Content items stay.</summary>
sealed class DeleteContentDefinitionStep(ContentDefinitions definitions) : IRecipeStep
{
    public string Name => "DeleteContentDefinition";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        _ = step.Items<string>(DefinitionStep.Types).Concat(step.Items<string>(DefinitionStep.Parts)).Count(); // what does not fit is told as it is read
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (name, _) in step.Items<string>(DefinitionStep.Types)) await definitions.DeleteAsync(name, isPart: false, cancel);
        foreach (var (name, _) in step.Items<string>(DefinitionStep.Parts)) await definitions.DeleteAsync(name, isPart: true, cancel);
    }
}
