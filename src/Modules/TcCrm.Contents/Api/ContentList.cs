using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;
using TcCrm.Platform.Api;
using TcCrm.Platform.Data;

namespace TcCrm.Contents.Api;

/// <summary><c>GET /api/content?contentType=Lead&amp;latest=true&amp;after=…&amp;size=…</c>: in the order of their ids, which stays when an item changes.</summary>
static class ContentList
{
    const int Most = 200, Usual = 50;

    public static async Task<IResult> GetAsync(string? contentType, bool? latest, string? after, int? size, HttpContext http, CrmDbContext db, ContentDefinitions definitions, ContentAccess access, CancellationToken cancel)
    {
        if (size is < 1 or > Most) return ModuleApi.Problem(http, StatusCodes.Status400BadRequest, "'{0}' must be a number from {1} to {2}.", nameof(size), 1, Most);
        var right = latest == true ? ContentRight.Edit : ContentRight.View;
        IReadOnlyList<string> types = contentType is null ? await definitions.TypeNamesAsync(cancel) : [contentType];
        if (!access.MayAll(right) && !types.Any(t => access.MayOwn(right, t))) return ContentApi.Forbidden(http);
        var items = access.Reached(db.Set<ContentItem>().AsNoTracking().Where(i => latest == true ? i.Latest : i.Published), right, [.. types]);
        if (contentType is not null) items = items.Where(i => i.ContentType == contentType);
        if (after is { Length: > 0 }) items = items.Where(i => i.ContentItemId.CompareTo(after) > 0);
        var page = await items.OrderBy(i => i.ContentItemId).Take((size ?? Usual) + 1).ToListAsync(cancel);
        return Answer(page, size ?? Usual);
    }

    static IResult Answer(List<ContentItem> page, int size)
    {
        var json = new StringBuilder("{\"items\":[").AppendJoin(',', page.Take(size).Select(i => i.ToJson())).Append("],\"next\":");
        json.Append(page.Count > size ? JsonSerializer.Serialize(page[size - 1].ContentItemId) : "null").Append('}');
        return Results.Text(json.ToString(), "application/json", Encoding.UTF8);
    }
}
