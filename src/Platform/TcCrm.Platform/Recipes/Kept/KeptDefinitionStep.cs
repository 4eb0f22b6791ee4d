using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes.Kept;

/// <summary><c>{ "name": "WorkflowType", "data": [{ "WorkflowTypeId", "Name", … }] }</c>: one that differs from the newest version of its id is the next version.</summary>
sealed class WorkflowTypeStep(CrmDbContext db, TimeProvider time) : KeptDefinitionStep(db, time)
{
    public const string Kind = "WorkflowType";

    public override string Name => Kind;
    protected override string List => "data";
    protected override string Key => "WorkflowTypeId";
    protected override string Fate => "Workflow types are kept with all their versions; nothing runs them yet.";
}

/// <summary><c>{ "name": "queries", "Queries": [{ "Name", "Source", … }] }</c>: by name, read only.</summary>
sealed class QueriesStep(CrmDbContext db, TimeProvider time) : KeptDefinitionStep(db, time)
{
    public const string Kind = "queries";

    public override string Name => Kind;
    protected override string List => "Queries";
    protected override string Key => "Name";
    protected override string Fate => "Queries are kept with all their versions; nothing runs them yet.";
}

/// <summary>What the two have in common.</summary>
abstract class KeptDefinitionStep(CrmDbContext db, TimeProvider time) : IRecipeStep
{
    const int LongestKey = 200;

    public abstract string Name { get; }
    protected abstract string List { get; }
    /// <summary>By which one of them is known.</summary>
    protected abstract string Key { get; }
    /// <summary>What becomes of them, for whoever brings them.</summary>
    protected abstract string Fate { get; }

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (definition, path) in step.Items<JsonObject>(List))
        {
            if (KeyOf(definition) is not { Length: > 0 and <= LongestKey } key) step.Problem($"{path}.{Key}", "This is a text of 1 to {0} characters.", LongestKey);
            else if (!seen.Add(key)) step.Problem($"{path}.{Key}", "The name '{0}' stands here twice.", key);
        }
        if (seen.Count > 0) step.Warn("", Fate);
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (definition, _) in step.Items<JsonObject>(List))
        {
            var (kind, key, json) = (Name, KeyOf(definition)!, SettingRows.Text(definition));
            var latest = await db.Set<KeptDefinition>().FirstOrDefaultAsync(d => d.Kind == kind && d.Key == key && d.IsLatest, cancel);
            if (latest is not null && JsonNode.DeepEquals(JsonNode.Parse(latest.Json), definition)) continue;
            if (latest is not null) latest.IsLatest = false;
            db.Add(new KeptDefinition { Kind = kind, Key = key, Version = (latest?.Version ?? 0) + 1, IsLatest = true, Json = json, At = Moments.Now(time), UserId = db.UserId });
            await db.SaveChangesAsync(cancel);
        }
    }

    string? KeyOf(JsonObject definition) => definition.FirstOrDefault(p => p.Key.Equals(Key, StringComparison.OrdinalIgnoreCase)).Value is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
