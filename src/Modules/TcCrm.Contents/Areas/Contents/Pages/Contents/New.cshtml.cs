using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Editing;
using TcCrm.Contents.Items;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Recipes;
using TcCrm.Ui;

namespace TcCrm.Contents.Pages;

/// <summary>A content item more: first its type, then its form.</summary>
[RequestFormLimits(ValueCountLimit = SaveBar.MostValues)]
public sealed class NewModel(ContentForms forms, ContentStore store, ContentLists lists, ContentAccess access, IText text) : PageModel
{
    public IReadOnlyList<TypeShape> Creatable { get; private set; } = [];
    /// <summary>Null while no type is chosen.</summary>
    public ContentForm? Form { get; private set; }
    /// <summary>In which the item will stand.</summary>
    public (ContentItem Item, ListSettings Settings)? List { get; private set; }
    public string CancelHref => List is { } list ? "~/contents/" + Uri.EscapeDataString(list.Item.ContentItemId) : "~/contents";
    /// <summary>Given to the form, so that a second click on its button makes no second item.</summary>
    public string Id { get; private set; } = ContentIds.New();
    /// <summary>Something was typed that is not saved.</summary>
    public bool IsDirty { get; private set; }
    public bool MayPublish => access.MayOwn(ContentRight.Publish, Form!.Type.Name);
    public IReadOnlyList<FormProblem> Problems { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? type, string? list, CancellationToken cancel)
    {
        var shape = await FindAsync(type, list, cancel);
        if (shape is not null) Form = await forms.OpenAsync(shape, Fresh, null, [], cancel);
        return shape is null && !string.IsNullOrEmpty(type) ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string? type, string? list, string? id, string? step, CancellationToken cancel)
    {
        if (await FindAsync(type, list, cancel) is not { } shape) return NotFound();
        if (id is not { Length: > 0 and <= ContentJson.LongestId } || id.Any(c => !char.IsAsciiLetterOrDigit(c))) return BadRequest();
        var (draft, posted) = (step != "publish", await Request.ReadFormAsync(cancel));
        if (!draft && !access.MayOwn(ContentRight.Publish, shape.Name)) return StatusCode(StatusCodes.Status403Forbidden);
        Id = id;
        if (FormSteps.Apply(posted, step) is { } stepped)
        {
            (IsDirty, Form) = (true, await forms.OpenAsync(shape, Fresh, stepped, [], cancel));
            return Page();
        }
        var changes = await forms.ReadAsync(shape, Fresh, posted, cancel);
        if (changes.Problems.Count == 0)
        {
            try
            {
                var isThere = await store.LatestAsync(id, cancel) is not null; // the second click
                if (!isThere && List is { } owner) changes.Json[ContainedPart.Name] = await lists.LastAsync(owner.Item, owner.Settings, cancel);
                if (!isThere) await store.SaveAsync(id, shape.Name, changes.Json, draft, version: null, cancel);
                return this.Done("~/contents/" + id, new(text[draft ? "Draft saved" : "Published"]));
            }
            catch (BusinessRuleException refused)
            {
                changes = changes.Refused(refused);
            }
        }
        (IsDirty, Problems) = (true, [.. changes.Problems.Select(p => new FormProblem(p.Message(text), p.Field.Replace('.', '_')))]);
        Form = await forms.OpenAsync(shape, Fresh, posted, changes.Problems, cancel);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    JsonObject Fresh => new() { ["ContentItemId"] = Id };

    async Task<TypeShape?> FindAsync(string? type, string? list, CancellationToken cancel)
    {
        var types = (await forms.TypesAsync(cancel)).Where(t => access.MayOwn(ContentRight.Edit, t.Name));
        if (!string.IsNullOrEmpty(list)) List = await store.LatestAsync(list, cancel) is { } item && access.May(ContentRight.View, item) && ListSettings.Of(await forms.TypeAsync(item.ContentType, cancel)) is { } settings ? (item, settings) : null;
        Creatable = [.. types.Where(t => string.IsNullOrEmpty(list) ? t.IsCreatable : List?.Settings.Types.Contains(t.Name) == true)];
        return Creatable.FirstOrDefault(t => t.Name == type);
    }
}
