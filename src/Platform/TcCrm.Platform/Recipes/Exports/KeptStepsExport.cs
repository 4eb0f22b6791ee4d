using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Recipes.Exports;

/// <summary>Steps of Orchard Core that came with a recipe and that nothing here runs, as they were written.</summary>
sealed class KeptStepsExport(CrmDbContext db) : IRecipeExport
{
    public IEnumerable<RecipePart> Parts => [new("kept", "Steps that are kept for other systems", ExportOrder.Kept)];

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var step in await db.Set<KeptStep>().AsNoTracking().OrderBy(s => s.Id).ToListAsync(cancel))
            if (JsonNode.Parse(step.Json) is JsonObject json) yield return json;
    }
}
