using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Views;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

[RequiresRight(RecordRight.View)]
public sealed class ListModel(RecordAddress address, RecordLists lists, ListViews views, RecordBin bin, IText text) : PageModel
{
    public RecordAddress Address => address;
    public RecordType Type => address.Type;
    public RecordList List { get; private set; } = null!;
    public bool MayShareViews => views.MayShare;
    public bool MayChangeView => List.State.View is { } view && views.MayChange(view);
    /// <summary>The name of a new view that could not be saved, and why.</summary>
    public (string Name, string Why)? Refused { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Response.Headers.Vary = "HX-Request";
        List = await lists.ReadAsync(Type, Request.Query, cancel);
        if (List.Problem is not null) Response.StatusCode = 400;
        else if (Changed() is { } href) return Redirect(Links.Resolve(HttpContext, href));
        if (!Request.Headers.ContainsKey("HX-Request")) return Page();
        Response.Headers["HX-Push-Url"] = Links.Resolve(HttpContext, List.State.Href);
        return Partial("Records/_List", this);
    }

    public async Task<IActionResult> OnGetCountAsync(CancellationToken cancel) => Content(await lists.CountAsync(Type, Request.Query, cancel), "text/plain; charset=utf-8");

    public async Task<IActionResult> OnPostDeleteAsync(List<Guid> id, CancellationToken cancel)
    {
        if (!address.May(RecordRight.Delete)) return StatusCode(403);
        var gone = await bin.DeleteAsync(Type, id, cancel);
        if (gone.Count > 0) HttpContext.ToastAfterRedirect(new(text["{0} moved to the recycle bin", gone.Count], Undo: RecordBin.UndoHref(Type, gone)));
        return Redirect(Links.Resolve(HttpContext, (await StateAsync(cancel)).Href));
    }

    /// <summary>Of all records they are remembered, of a view they stand in the address until it is saved.</summary>
    public async Task<IActionResult> OnPostColumnsAsync(List<string> cols, string? step, CancellationToken cancel)
    {
        var state = await StateAsync(cancel);
        var names = step == "reset" ? [] : ColumnSteps.Apply([.. cols.Where(c => Type.Find(c) is { } field && field != Type.Title).Distinct()], step);
        if (state.View is not null) return Redirect(Links.Resolve(HttpContext, state.Showing(names)));
        await views.ChooseAsync(Type, c => c.Columns = [.. names], cancel);
        return Redirect(Links.Resolve(HttpContext, state.Showing([])));
    }

    public async Task<IActionResult> OnPostSaveViewAsync(string? name, bool shared, CancellationToken cancel)
    {
        var state = await StateAsync(cancel);
        try
        {
            var view = await views.AddAsync(Type, name ?? "", shared, state.Saved, cancel);
            return this.Done(state.Opened(view), new(text["{0} saved", view.Name]));
        }
        catch (BusinessRuleException refused)
        {
            Refused = (name ?? "", refused.Text(text));
            List = await lists.ReadAsync(Type, Request.Query, cancel);
            Response.StatusCode = 422;
            return Page();
        }
    }

    public async Task<IActionResult> OnPostUpdateViewAsync(CancellationToken cancel)
    {
        var state = await StateAsync(cancel);
        if (state.View is not { } view || !await views.ChangeAsync(Type, view.Id, v => state.Saved.WriteTo(v), cancel)) return NotFound();
        return this.Done(state.Opened(view), new(text["{0} saved", text[view.Name]]));
    }

    async Task<ListState> StateAsync(CancellationToken cancel) => ListState.Read(Type, Request.Query, await views.ReadAsync(Type, cancel));

    /// <summary>The form of the filter bar says what to add or take away; the answer is the address of the list as it is then.</summary>
    string? Changed()
    {
        var (query, state) = (Request.Query, List.State);
        if (query["without"].ToString() is { Length: > 0 } filter) return state.Without(filter);
        return Type.Find(query["field"].ToString()) is { } field && query["op"].ToString() is { Length: > 0 } op
            ? state.With(FilterWords.Make(field, op, FilterValue(query["value"].ToString(), query["value.text"].ToString()))) : null;
    }

    static string FilterValue(string value, string typed) => value.Length > 0 ? value : typed;
}
