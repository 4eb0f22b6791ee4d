using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;

namespace TcCrm.Contents.Recipes;

/// <summary>Content types and parts, and the versions of content items that are in force or newest; many items make several steps, read one after the other.</summary>
sealed class ContentExport(CrmDbContext db, ContentDefinitions definitions, ContentAccess access) : IRecipeExport
{
    const string Definition = "ContentDefinition", Content = "content";
    const int Batch = 200, OfDefinitions = 35, OfContent = 45;

    public IEnumerable<RecipePart> Parts
    {
        get
        {
            yield return new(Definition, "Content types", OfDefinitions);
            if (access.MayAll(ContentRight.View)) yield return new(Content, "Content items", OfContent, IsData: true);
        }
    }

    public IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, CancellationToken cancel) => part.Id == Content ? ItemsAsync(cancel) : DefinitionsAsync(cancel);

    async IAsyncEnumerable<JsonObject> DefinitionsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (types, parts) = (await definitions.AllAsync(parts: false, cancel), await definitions.AllAsync(parts: true, cancel));
        if (types.Count + parts.Count == 0) yield break;
        yield return new() { ["name"] = Definition, [DefinitionStep.Types] = new JsonArray([.. types.Select(t => t.Read())]), [DefinitionStep.Parts] = new JsonArray([.. parts.Select(p => p.Read())]) };
    }

    async IAsyncEnumerable<JsonObject> ItemsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var rows = db.Set<ContentItem>().AsNoTracking().Where(i => i.Latest || i.Published).OrderBy(i => i.ContentItemId);
        for (var after = ""; ;)
        {
            var place = after;
            var ids = await rows.Where(i => i.ContentItemId.CompareTo(place) > 0).Select(i => i.ContentItemId).Distinct().OrderBy(id => id).Take(Batch).ToListAsync(cancel);
            if (ids.Count == 0) yield break;
            var items = await rows.ThenBy(i => i.Latest).Where(i => ids.Contains(i.ContentItemId)).ToListAsync(cancel);
            yield return new() { ["name"] = Content, ["Data"] = new JsonArray([.. items.Select(i => i.Read())]) };
            after = ids[^1];
        }
    }
}
