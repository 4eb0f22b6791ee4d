using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Recipes.Kept;

namespace TcCrm.Platform.Recipes.Exports;

/// <summary>The newest version of each workflow type and each query.</summary>
sealed class KeptDefinitionsExport(CrmDbContext db) : IRecipeExport
{
    public IEnumerable<RecipePart> Parts => [new(WorkflowTypeStep.Kind, "Workflow types", ExportOrder.Kept), new(QueriesStep.Kind, "Queries", ExportOrder.Kept)];

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        var kept = await db.Set<KeptDefinition>().AsNoTracking().Where(d => d.Kind == part.Id && d.IsLatest).OrderBy(d => d.Key).Select(d => d.Json).ToListAsync(cancel);
        if (kept.Count > 0) yield return new() { ["name"] = part.Id, [part.Id == QueriesStep.Kind ? "Queries" : "data"] = new JsonArray([.. kept.Select(json => JsonNode.Parse(json))]) };
    }
}
