using Microsoft.AspNetCore.Mvc;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Organisation;

/// <summary>Where a unit has stood, beside its record, and the way to move it.</summary>
[ViewComponent(Name = "UnitPanel")]
public sealed class UnitPanel(UnitMoves moves, RecordLabels labels, Access access) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        var (type, cancel) = (access.TypeOf("organisation.unit")!, HttpContext.RequestAborted);
        if (type.Find(nameof(Unit.ParentId)) is not { } parent) return Content("");
        var placings = await moves.OfAsync(recordId, cancel);
        await labels.LoadAsync(placings.Where(p => p.ParentId is not null).Select(p => (parent, p.ParentId!.Value)), cancel);
        await labels.LoadUsersAsync(placings.Select(p => p.NotedById), cancel);
        var lines = placings.Select(p => new PlacingLine(p.From, p.ParentId is { } id ? labels.Of(parent, id) : null, p.Reason, labels.UserName(p.NotedById)));
        return View(new UnitOutline([.. lines], !parent.IsReadOnly && access.May(RecordRight.Edit, type) ? UnitLinks.Move(recordId) : null));
    }
}

/// <param name="Above">Null for the top of the company.</param>
public sealed record PlacingLine(DateOnly? From, RecordLabel? Above, string Reason, string By);

/// <param name="Move">Address of the page that moves it; null for those who may not.</param>
public sealed record UnitOutline(IReadOnlyList<PlacingLine> Placings, string? Move);

static class UnitLinks
{
    public static string Move(Guid unit) => $"~/organisation/unit/{unit}/move";
}
