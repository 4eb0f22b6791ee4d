using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Exports;

sealed class FeaturesExport(TenantContext tenant, ModuleCatalog modules) : IRecipeExport
{
    public IEnumerable<RecipePart> Parts => [new("feature", "Features", ExportOrder.Features)];

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        var chosen = tenant.Snapshot.Features.Where(id => modules.Find(id) is { IsAlwaysEnabled: false, DefaultTenantOnly: false }).Order(StringComparer.Ordinal);
        yield return new() { ["name"] = part.Id, ["enable"] = new JsonArray([.. chosen.Select(id => JsonValue.Create(id))]) };
    }
}
