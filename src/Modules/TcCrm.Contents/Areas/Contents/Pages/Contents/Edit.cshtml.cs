using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Editing;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Text;
using TcCrm.Ui;

namespace TcCrm.Contents.Pages;

/// <summary>A content item with its versions: edited, published, taken out of force, deleted, taken back.</summary>
[RequestFormLimits(ValueCountLimit = SaveBar.MostValues)]
public sealed class EditModel(CrmDbContext db, ContentForms forms, ContentStore store, ContentLists lists, ContentAccess access, IText text) : PageModel
{
    /// <summary>The newest version, or of a deleted item the last one.</summary>
    public ContentItem Item { get; private set; } = null!;
    public IReadOnlyList<ContentItem> Versions { get; private set; } = [];
    /// <summary>The items that stand in the list of this one; null where it is no list.</summary>
    public ShownList? List { get; private set; }
    /// <summary>The item in whose list this one stands.</summary>
    public ContentItem? Owner { get; private set; }
    public ContentForm Form { get; private set; } = null!;
    /// <summary>The version that the form was opened with.</summary>
    public string Version { get; private set; } = "";
    public bool IsStale { get; private set; }
    /// <summary>Something was typed that is not saved.</summary>
    public bool IsDirty { get; private set; }
    public IReadOnlyList<FormProblem> Problems { get; private set; } = [];
    public string Here => "~/contents/" + Uri.EscapeDataString(Item.ContentItemId);
    public bool IsInForce => Versions.Any(v => v.Published);
    public string? ShownAt => Versions.FirstOrDefault(v => v.Published)?.Path;
    public bool MayUnpublish => IsInForce && May(ContentRight.Publish);
    public bool MayDiscard => Item is { Latest: true, Published: false } && IsInForce && May(ContentRight.Edit);

    public bool May(ContentRight right) => access.May(right, Item);
    public string Local(DateTime? moment) => moment is { } utc ? TimeZoneInfo.ConvertTimeFromUtc(utc, db.Snapshot.Settings.Zone).ToMinute() : "–";

    public async Task<IActionResult> OnGetAsync(string contentItemId, CancellationToken cancel)
    {
        if (await FindAsync(contentItemId, cancel) is not { } shape) return NotFound();
        Form = await forms.OpenAsync(shape, Item.Read(), null, [], cancel);
        Version = Item.ContentItemVersionId;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string contentItemId, string? version, string? step, CancellationToken cancel)
    {
        if (await FindAsync(contentItemId, cancel) is not { } shape) return NotFound();
        var (draft, posted, present) = (step != "publish", await Request.ReadFormAsync(cancel), Item.Read());
        if (!May(draft ? ContentRight.Edit : ContentRight.Publish) || !Item.Latest) return StatusCode(StatusCodes.Status403Forbidden);
        if (FormSteps.Apply(posted, step) is { } stepped)
        {
            (IsDirty, Version, Form) = (true, version ?? "", await forms.OpenAsync(shape, present, stepped, [], cancel));
            return Page();
        }
        var changes = await forms.ReadAsync(shape, present, posted, cancel);
        if (changes.Problems.Count == 0)
        {
            try
            {
                if (await store.SaveAsync(contentItemId, Item.ContentType, changes.Json, draft, version ?? "", cancel) is not null) return this.Done(Here, new(text[draft ? "Draft saved" : "Published"]));
                IsStale = true;
            }
            catch (BusinessRuleException refused)
            {
                changes = changes.Refused(refused);
            }
        }
        Problems = [.. changes.Problems.Select(p => new FormProblem(p.Message(text), p.Field.Replace('.', '_')))];
        IsDirty = true;
        Version = IsStale ? Item.ContentItemVersionId : version ?? "";
        Form = await forms.OpenAsync(shape, present, posted, changes.Problems, cancel);
        Response.StatusCode = IsStale ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public Task<IActionResult> OnPostUnpublishAsync(string contentItemId, CancellationToken cancel) =>
        DoAsync(contentItemId, ContentRight.Publish, () => store.UnpublishAsync(Item, cancel), "Taken out of force", cancel);

    public Task<IActionResult> OnPostDiscardAsync(string contentItemId, string? version, CancellationToken cancel) =>
        DoAsync(contentItemId, ContentRight.Edit, async () => version == Item.ContentItemVersionId && await store.DiscardDraftAsync(Item, cancel), "The draft is discarded", cancel);

    public Task<IActionResult> OnPostMoveAsync(string contentItemId, string? item, int by, CancellationToken cancel) =>
        DoAsync(contentItemId, ContentRight.Edit, () => lists.MoveAsync(contentItemId, item ?? "", Math.Sign(by), cancel), "Moved", cancel);

    public Task<IActionResult> OnPostDeleteAsync(string contentItemId, CancellationToken cancel) =>
        DoAsync(contentItemId, ContentRight.Delete, () => store.DeleteAsync(Item, cancel), "Deleted", cancel);

    public Task<IActionResult> OnPostTakeBackAsync(string contentItemId, string? back, CancellationToken cancel) =>
        DoAsync(contentItemId, ContentRight.Edit, async () => Versions.FirstOrDefault(v => v.ContentItemVersionId == back) is { } version && await store.TakeBackAsync(version, cancel) is not null, "Taken back as a draft", cancel);

    async Task<IActionResult> DoAsync(string id, ContentRight right, Func<Task<bool>> work, string done, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is null) return NotFound();
        if (!May(right)) return StatusCode(StatusCodes.Status403Forbidden);
        try
        {
            return this.Done(Here, await work() ? new(text[done]) : new(text["Nothing has changed. Look at the item again."], "red"));
        }
        catch (BusinessRuleException refused)
        {
            return this.Done(Here, new(refused.Text(text), "red"));
        }
    }

    /// <summary>Null when there is no such item for this user. A draft is shown to those who may edit it; all others see the version in force.</summary>
    async Task<TypeShape?> FindAsync(string id, CancellationToken cancel)
    {
        Versions = [.. (await store.VersionsAsync(id, cancel)).Where(v => access.May(ContentRight.Edit, v) || (v.Published && access.May(ContentRight.View, v)))];
        if (Versions.Count == 0) return null;
        Item = Versions[0];
        var shape = await forms.TypeAsync(Item.ContentType, cancel);
        if (ListSettings.Of(shape) is { } settings) List = await ListAsync(settings, cancel);
        Owner = Item.ListContentItemId is { } list && await store.LatestAsync(list, cancel) is { } owner && access.May(ContentRight.View, owner) ? owner : null;
        return shape;
    }

    async Task<ShownList> ListAsync(ListSettings settings, CancellationToken cancel)
    {
        var (rows, next) = await lists.PageAsync(Item.ContentItemId, settings, Request.Query["after"], cancel);
        var types = await forms.TypesAsync(cancel);
        return new(Here, [.. rows.Select(r => (r, types.FirstOrDefault(t => t.Name == r.ContentType)?.Label ?? r.ContentType))], next, settings.IsOrdered && May(ContentRight.Edit),
            Item.Latest ? [.. types.Where(t => settings.Types.Contains(t.Name) && access.MayOwn(ContentRight.Edit, t.Name)).Select(t => (t.Label, $"~/contents/new?type={Uri.EscapeDataString(t.Name)}&list={Uri.EscapeDataString(Item.ContentItemId)}"))] : [])
        {
            IsFirst = string.IsNullOrEmpty(Request.Query["after"]),
        };
    }
}
