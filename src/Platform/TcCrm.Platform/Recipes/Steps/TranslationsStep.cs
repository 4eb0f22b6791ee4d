using System.Text.Json.Nodes;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary>
/// <c>{ "name": "Translations", "translations": [{ "culture", "context", "key", "value" }] }</c>: what the company calls things, in place of the
/// product's own words. Merged by culture, context and key; those of other languages than the product's are kept.
/// </summary>
public sealed class TranslationsStep(CrmDbContext db, IText text) : IRecipeStep
{
    const int LongestValue = 2_000;

    public string Name => TenantTexts.Translations;

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (entry, path) in step.Items<Translation>("translations"))
        {
            if (string.IsNullOrEmpty(entry.Culture)) step.Problem($"{path}.culture", "Fill in this field.");
            else if (TextCatalog.Languages.All(l => l.Name != entry.Culture)) step.Warn($"{path}.culture", "'{0}' is not a language of the product; the text is kept and not shown.", entry.Culture);
            if (string.IsNullOrEmpty(entry.Key)) step.Problem($"{path}.key", "Fill in this field.");
            else if (entry.Value is not { Length: <= LongestValue }) step.Problem($"{path}.value", "This is a text of 1 to {0} characters.", LongestValue);
            else if (TextPlaces.Foreign(entry.Value, text[entry.Key]) is { } place) step.Problem($"{path}.value", "'{0}' stands for nothing in this text. It may hold: {1}.", place, string.Join(' ', TextPlaces.Of(text[entry.Key])));
        }
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var row = await db.Set<SettingRow>().FindAsync([Name], cancel);
        var kept = (JsonNode.Parse(row?.Json ?? "[]") as JsonArray ?? []).OfType<JsonObject>().ToDictionary(KeyOf, e => (JsonNode)e.DeepClone());
        foreach (var (entry, _) in step.Items<Translation>("translations"))
        {
            var json = new JsonObject { ["culture"] = entry.Culture, ["context"] = entry.Context, ["key"] = entry.Key, ["value"] = entry.Value };
            kept[KeyOf(json)] = json;
        }
        await db.PutAsync(Name, new JsonArray([.. kept.Values]), cancel);
    }

    static (string?, string?, string?) KeyOf(JsonObject entry) => ((string?)entry["culture"], (string?)entry["context"], (string?)entry["key"]);

    sealed record Translation(string? Culture, string? Context, string? Key, string? Value);
}
