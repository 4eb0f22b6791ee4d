using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Views;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

/// <summary>The views of a list: names, order, who has them, and with which one begins.</summary>
[RequiresRight(RecordRight.View)]
public sealed class ViewsModel(RecordAddress address, ListViews views, CrmDbContext db, IText text) : PageModel
{
    public RecordType Type => address.Type;
    public KnownViews Known { get; private set; } = KnownViews.None;
    public IReadOnlyList<SavedView> Editable { get; private set; } = [];
    public IReadOnlyList<string> Roles { get; private set; } = [];
    public bool MayShare => views.MayShare;
    /// <summary>Of the view that could not be saved.</summary>
    public (Guid Id, string Name, string Why)? Refused { get; private set; }
    public string Here => RecordLinks.List(Type) + "/views";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Known = await views.ReadAsync(Type, cancel);
        Editable = await views.EditableAsync(Type, cancel);
        if (MayShare) Roles = await db.Roles.AsNoTracking().OrderBy(r => r.Name).Select(r => r.Name!).ToListAsync(cancel);
    }

    public async Task<IActionResult> OnPostSaveAsync(Guid id, string? name, bool isDefault, List<string> roles, CancellationToken cancel)
    {
        try
        {
            var saved = await views.ChangeAsync(Type, id, view =>
            {
                if (name != text[view.Name]) view.Name = name ?? "";
                if (view.OwnerId is null) (view.IsDefault, view.Roles) = (isDefault, roles);
            }, cancel);
            return saved ? this.Done(Here, new(text["{0} saved", name!])) : NotFound();
        }
        catch (BusinessRuleException refused)
        {
            Refused = (id, name ?? "", refused.Text(text));
            await OnGetAsync(cancel);
            Response.StatusCode = 422;
            return Page();
        }
    }

    public async Task<IActionResult> OnPostMoveAsync(Guid id, bool up, CancellationToken cancel)
    {
        await views.MoveAsync(Type, id, up, cancel);
        return Redirect(Links.Resolve(HttpContext, Here));
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel) =>
        await views.RemoveAsync(Type, id, cancel) ? this.Done(Here, new(text["The view is removed"])) : NotFound();

    public async Task<IActionResult> OnPostBeginAsync(Guid? view, CancellationToken cancel)
    {
        await views.ChooseAsync(Type, c => c.ViewId = view, cancel);
        return this.Done(Here, new(text["Saved"]));
    }
}
