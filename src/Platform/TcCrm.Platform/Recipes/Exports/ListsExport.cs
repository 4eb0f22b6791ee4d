using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Numbering;
using TcCrm.Platform.Views;

namespace TcCrm.Platform.Recipes.Exports;

/// <summary>Number rules and saved views of the types that are on.</summary>
sealed class ListsExport(CrmDbContext db) : IRecipeExport
{
    const string Numbering = "numbering", Views = "views";

    public IEnumerable<RecipePart> Parts => [new(Numbering, "Number rules", ExportOrder.Numbering), new(Views, "Saved views", ExportOrder.Views)];

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (part.Id == Numbering) yield return new() { ["name"] = part.Id, ["Rules"] = new JsonArray([.. await RulesAsync(cancel)]) };
        else yield return new() { ["name"] = part.Id, ["Views"] = new JsonArray([.. await ViewsAsync(cancel)]) };
    }

    async Task<IEnumerable<JsonObject>> RulesAsync(CancellationToken cancel) =>
        (await db.Set<NumberRule>().AsNoTracking().OrderBy(r => r.RecordType).ToListAsync(cancel)).Where(r => IsOn(r.RecordType))
            .Select(r => new JsonObject { ["Type"] = r.RecordType, ["Pattern"] = r.Pattern, ["Reset"] = r.Reset.ToString(), ["GapFree"] = r.IsGapFree });

    async Task<IEnumerable<JsonObject>> ViewsAsync(CancellationToken cancel) =>
        (await db.Set<SavedView>().AsNoTracking().Where(v => v.OwnerId == null).OrderBy(v => v.Position).ThenBy(v => v.RecordType).ThenBy(v => v.Name).ToListAsync(cancel)).Where(v => IsOn(v.RecordType))
            .Select(v => new JsonObject { ["Type"] = v.RecordType, ["Name"] = v.Name, ["Columns"] = Names(v.Columns), ["Filters"] = Names(v.Filters), ["Sort"] = v.Sort, ["Roles"] = Names(v.Roles), ["Default"] = v.IsDefault });

    bool IsOn(string type) => db.Snapshot.RecordTypes.ContainsKey(type);

    static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => JsonValue.Create(n))]);
}
