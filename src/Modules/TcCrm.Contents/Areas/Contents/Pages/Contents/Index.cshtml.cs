using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;
using TcCrm.Platform.Text;

namespace TcCrm.Contents.Pages;

/// <summary>The newest version of every content item that the user may see, the last changed first.</summary>
public sealed class IndexModel(CrmDbContext db, ContentDefinitions definitions, ContentAccess access) : PageModel
{
    const int Size = 50;
    IReadOnlyList<TypeShape> _types = [];

    [BindProperty(SupportsGet = true, Name = "q")] public string? Search { get; set; }
    [BindProperty(SupportsGet = true, Name = "type")] public string? Type { get; set; }
    /// <summary><c>published</c>, <c>draft</c>, or nothing for all.</summary>
    [BindProperty(SupportsGet = true, Name = "state")] public string? State { get; set; }
    /// <summary>The last change of the last row shown, and its id.</summary>
    [BindProperty(SupportsGet = true, Name = "after")] public string? After { get; set; }

    public IReadOnlyList<(ContentItem Item, bool IsInForce)> Rows { get; private set; } = [];
    public IReadOnlyList<TypeShape> Listable => [.. _types.Where(t => t.IsListable && access.MayOwn(ContentRight.View, t.Name))];
    public IReadOnlyList<TypeShape> Creatable => [.. _types.Where(t => t.IsCreatable && access.MayOwn(ContentRight.Edit, t.Name))];
    public bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || !string.IsNullOrEmpty(Type) || !string.IsNullOrEmpty(State);
    public string? NextHref { get; private set; }
    public string? FirstHref => After is null ? null : Href(null);

    public string LabelOf(string type) => _types.FirstOrDefault(t => t.Name == type)?.Label ?? type;
    public string Local(DateTime? moment) => moment is { } utc ? TimeZoneInfo.ConvertTimeFromUtc(utc, db.Snapshot.Settings.Zone).ToMinute() : "–";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        _types = await definitions.ShapesAsync(cancel);
        var items = await Matching().OrderByDescending(i => i.ModifiedUtc).ThenByDescending(i => i.ContentItemId).Take(Size + 1).ToListAsync(cancel);
        if (items.Count > Size)
        {
            items.RemoveAt(Size);
            NextHref = Href($"{items[^1].ModifiedUtc?.Ticks}~{items[^1].ContentItemId}");
        }
        var drafts = items.Where(i => !i.Published).Select(i => i.ContentItemId).ToList();
        var inForce = await db.Set<ContentItem>().Where(i => i.Published && drafts.Contains(i.ContentItemId)).Select(i => i.ContentItemId).ToListAsync(cancel);
        Rows = [.. items.Select(i => (i, i.Published || inForce.Contains(i.ContentItemId)))];
    }

    IQueryable<ContentItem> Matching()
    {
        var types = Listable.Select(t => t.Name).Where(name => string.IsNullOrEmpty(Type) || name == Type).ToList();
        var items = access.Reached(db.Set<ContentItem>().AsNoTracking().Where(i => i.Latest && types.Contains(i.ContentType)), ContentRight.View, types);
        if (State is "published" or "draft") items = items.Where(i => i.Published == (State == "published"));
        if (!string.IsNullOrWhiteSpace(Search)) items = Called(items, LikePattern.Containing(Search.Trim()));
        if (After?.Split('~', 2) is not [var ticks, var id] || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > DateTime.MaxValue.Ticks) return items;
        var moment = new DateTime(at, DateTimeKind.Utc);
        return items.Where(i => i.ModifiedUtc < moment || (i.ModifiedUtc == moment && i.ContentItemId.CompareTo(id) < 0));
    }

    /// <summary>In any case.</summary>
    IQueryable<ContentItem> Called(IQueryable<ContentItem> items, string pattern) => db.Database.IsSqlite()
        ? items.Where(i => EF.Functions.Like(i.DisplayText!, pattern, LikePattern.Escape))
        : items.Where(i => EF.Functions.ILike(i.DisplayText!, pattern, LikePattern.Escape));

    string Href(string? after) => "~/contents" + QueryString.Create(new Dictionary<string, string?> { ["q"] = Search, ["type"] = Type, ["state"] = State, ["after"] = after }.Where(p => !string.IsNullOrEmpty(p.Value)));
}
