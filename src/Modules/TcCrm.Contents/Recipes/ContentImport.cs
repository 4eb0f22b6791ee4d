using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;
using TcCrm.Platform.Recipes;

namespace TcCrm.Contents.Recipes;

/// <summary>
/// Content items that come from elsewhere with ids, owners and moments of their own. One without a version id becomes a new version, unless it says
/// what the newest version says already: a recipe that runs again changes nothing.
/// </summary>
sealed class ContentImport(CrmDbContext db, ContentStore store, TimeProvider time)
{
    /// <summary>Inside a transaction.</summary>
    public async Task PutAsync(IReadOnlyList<JsonObject> written, CancellationToken cancel)
    {
        var given = written.Select(Claiming).ToList();
        var known = await KnownAsync(given, cancel);
        var news = given.Where(item => !IsKnown(item, known)).Select(item => ContentJson.Text(item, "ContentItemId")!).ToHashSet(StringComparer.Ordinal);
        var all = given.Where(item => news.Contains(ContentJson.Text(item, "ContentItemId")!)).Select(Complete).ToList();
        var items = Settled(all, known).Select(ContentItem.Of).ToList();
        if (items.Count > 0) await store.PutAsync(items, cancel);
    }

    /// <summary>Where nothing is said of it, what comes in is in force; a new version is the newest.</summary>
    static JsonObject Claiming(JsonObject written)
    {
        var item = ContentJson.Ordered(written);
        var (latest, published) = (ContentJson.Flag(item, "Latest"), ContentJson.Flag(item, "Published"));
        item["Latest"] = latest ?? published is null || item["ContentItemVersionId"] is null;
        item["Published"] = published ?? latest is null;
        if (item["ContentItemVersionId"] is null) item["Latest"] = true;
        return item;
    }

    async Task<List<ContentItem>> KnownAsync(List<JsonObject> given, CancellationToken cancel)
    {
        var (ids, versions) = (Values(given, "ContentItemId"), Values(given, "ContentItemVersionId"));
        return await db.Set<ContentItem>().AsNoTracking().Where(i => (ids.Contains(i.ContentItemId) && (i.Latest || i.Published)) || versions.Contains(i.ContentItemVersionId)).ToListAsync(cancel);
    }

    static bool IsKnown(JsonObject item, List<ContentItem> known)
    {
        var (id, version) = (ContentJson.Text(item, "ContentItemId"), ContentJson.Text(item, "ContentItemVersionId"));
        if (known.Find(k => version is null ? k.Latest && k.ContentItemId == id : k.ContentItemVersionId == version)?.Read() is not { } present) return false;
        foreach (var key in ContentJson.Known.Where(k => item[k] is null)) present.Remove(key);
        return JsonNode.DeepEquals(present, item);
    }

    JsonObject Complete(JsonObject given)
    {
        var now = ContentJson.Moment(time.GetUtcNow().UtcDateTime);
        var item = (JsonObject)given.DeepClone();
        item["ContentItemVersionId"] ??= ContentIds.New();
        foreach (var key in ContentJson.Moments)
            if (key != "PublishedUtc" || ContentJson.Flag(item, "Published") == true) item[key] ??= now;
        return ContentJson.Ordered(item);
    }

    /// <summary>Of what claims the same, the last one has it; an item without a newest version gets one.</summary>
    static List<JsonObject> Settled(List<JsonObject> all, List<ContentItem> known)
    {
        var (latest, published) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var item in Enumerable.Reverse(all))
        {
            var id = ContentJson.Text(item, "ContentItemId")!;
            if (ContentJson.Flag(item, "Latest") == true) item["Latest"] = latest.Add(id);
            if (ContentJson.Flag(item, "Published") == true) item["Published"] = published.Add(id);
        }
        var replaced = Values(all, "ContentItemVersionId");
        latest.UnionWith(known.Where(k => k.Latest && !replaced.Contains(k.ContentItemVersionId)).Select(k => k.ContentItemId));
        foreach (var item in Enumerable.Reverse(all))
            if (latest.Add(ContentJson.Text(item, "ContentItemId")!)) item["Latest"] = true;
        return all;
    }

    static List<string> Values(List<JsonObject> items, string key) => [.. items.Select(i => ContentJson.Text(i, key)).OfType<string>()];
}
