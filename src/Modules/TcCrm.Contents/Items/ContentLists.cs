using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Editing;
using TcCrm.Platform.Data;

namespace TcCrm.Contents.Items;

/// <summary>How an item says in whose list it stands.</summary>
static class ContainedPart
{
    public const string Name = "ContainedPart", List = "ListContentItemId", ListType = "ListContentType", Order = "Order";
}

/// <summary>What the settings of a <c>ListPart</c> say.</summary>
public sealed record ListSettings(IReadOnlyList<string> Types, bool IsOrdered, int Size)
{
    const int Usual = 10, Most = 100;

    public static ListSettings? Of(TypeShape type) => type.Parts.FirstOrDefault(p => p.PartName == "ListPart") is not { } part ? null
        : new([.. MediaEditor.Listed(part.Own, "ContainedContentTypes")], ContentJson.Flag(part.Own, "EnableOrdering") == true, part.Own["PageSize"] is JsonValue value && value.TryGetValue(out int size) && size > 0 ? Math.Min(size, Most) : Usual);
}

/// <summary>Items that stand in the list of another one: in the order that people gave them, or the last made first.</summary>
public sealed class ContentLists(CrmDbContext db, ContentAccess access)
{
    /// <summary>Those that the user may see, from the row after <paramref name="after"/> on.</summary>
    public async Task<(IReadOnlyList<ContentItem> Rows, string? Next)> PageAsync(string list, ListSettings settings, string? after, CancellationToken cancel)
    {
        var types = await db.Set<ContentItem>().Where(i => i.Latest && i.ListContentItemId == list).Select(i => i.ContentType).Distinct().ToListAsync(cancel);
        var items = access.Reached(db.Set<ContentItem>().AsNoTracking().Where(i => i.Latest && i.ListContentItemId == list), ContentRight.View, types);
        if (after?.Split('~', 2) is [var value, var id] && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks) items = After(items, settings, at, id);
        items = settings.IsOrdered ? items.OrderBy(i => i.ListOrder ?? 0).ThenBy(i => i.ContentItemId) : items.OrderByDescending(i => i.CreatedUtc).ThenByDescending(i => i.ContentItemId);
        var rows = await items.Take(settings.Size + 1).ToListAsync(cancel);
        if (rows.Count <= settings.Size) return (rows, null);
        rows.RemoveAt(settings.Size);
        return (rows, string.Create(CultureInfo.InvariantCulture, $"{(settings.IsOrdered ? rows[^1].ListOrder ?? 0 : rows[^1].CreatedUtc?.Ticks)}~{rows[^1].ContentItemId}"));
    }

    /// <summary>What an item at the end of the list says of itself.</summary>
    public async Task<JsonObject> LastAsync(ContentItem list, ListSettings settings, CancellationToken cancel)
    {
        var last = settings.IsOrdered ? await db.Set<ContentItem>().Where(i => i.Latest && i.ListContentItemId == list.ContentItemId).MaxAsync(i => (int?)(i.ListOrder ?? 0), cancel) : null;
        return new() { [ContainedPart.List] = list.ContentItemId, [ContainedPart.ListType] = list.ContentType, [ContainedPart.Order] = last + 1 ?? 0 };
    }

    /// <summary>Changes places with the one before or behind it. Its place is no part of what a version says, so no version is made.</summary>
    /// <returns>Whether there was such a place.</returns>
    public Task<bool> MoveAsync(string list, string item, int by, CancellationToken cancel) => db.WriteAsync(async () =>
    {
        await db.AloneAsync(ContentStore.Lock, cancel);
        var order = await db.Set<ContentItem>().Where(i => i.Latest && i.ListContentItemId == list).OrderBy(i => i.ListOrder ?? 0).ThenBy(i => i.ContentItemId).Select(i => new { i.ContentItemId, i.ListOrder }).ToListAsync(cancel);
        var (from, to) = (order.FindIndex(o => o.ContentItemId == item), order.FindIndex(o => o.ContentItemId == item) + by);
        if (from < 0 || to < 0 || to >= order.Count) return false;
        (order[from], order[to]) = (order[to], order[from]);
        foreach (var (place, at) in order.Select((o, i) => (o, i)).Where(p => p.o.ListOrder != p.i)) await PutAsync(place.ContentItemId, at, cancel);
        return true;
    }, cancel);

    static IQueryable<ContentItem> After(IQueryable<ContentItem> items, ListSettings settings, long at, string id)
    {
        if (settings.IsOrdered) return items.Where(i => (i.ListOrder ?? 0) > at || ((i.ListOrder ?? 0) == at && i.ContentItemId.CompareTo(id) > 0));
        var moment = new DateTime(at, DateTimeKind.Utc);
        return items.Where(i => i.CreatedUtc < moment || (i.CreatedUtc == moment && i.ContentItemId.CompareTo(id) < 0));
    }

    async Task PutAsync(string id, int order, CancellationToken cancel)
    {
        foreach (var row in await db.Set<ContentItem>().AsNoTracking().Where(i => i.ContentItemId == id && (i.Latest || i.Published)).ToListAsync(cancel))
        {
            var json = row.Read();
            json[ContainedPart.Name]![ContainedPart.Order] = order;
            var text = ContentItem.Of(json).Json;
            await db.Set<ContentItem>().Where(i => i.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.ListOrder, order).SetProperty(i => i.Json, text), cancel);
        }
    }
}
