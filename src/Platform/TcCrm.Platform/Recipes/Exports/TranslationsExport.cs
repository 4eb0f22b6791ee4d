using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Exports;

/// <summary>What the company calls things.</summary>
sealed class TranslationsExport(TenantContext tenant) : IRecipeExport
{
    public IEnumerable<RecipePart> Parts => [new(TenantTexts.Translations, "Own words", ExportOrder.Settings)];

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        if (tenant.Snapshot.Settings[TenantTexts.Translations] is JsonArray { Count: > 0 } entries) yield return new() { ["name"] = part.Id, ["translations"] = entries.DeepClone() };
    }
}
