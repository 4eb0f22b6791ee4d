using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

[RequiresRight(RecordRight.View)]
public sealed class ShowModel(RecordAddress address, RecordViews views, RecordHistory history, RecordStore store, RevealField reveal, IText text) : PageModel
{
    public RecordAddress Address => address;
    public RecordType Type => address.Type;
    public RecordView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await views.ReadAsync(cancel) is not { } view) return NotFound();
        View = view;
        return Page();
    }

    public async Task<IActionResult> OnGetHistoryAsync(Guid? before, CancellationToken cancel) =>
        await address.FindAsync(cancel) is { } record ? Partial("Records/_History", await history.ReadAsync(Type, record.Id, before, cancel)) : NotFound();

    public async Task<IActionResult> OnPostRevealAsync(string field, CancellationToken cancel)
    {
        if (await address.FindAsync(cancel) is not { } record) return NotFound();
        if (!address.May(RecordRight.Reveal)) return StatusCode(403);
        return await reveal.ExecuteAsync(Type, record.Id, field, cancel) is { } value ? Content(value, "text/plain; charset=utf-8") : NotFound();
    }

    public async Task<IActionResult> OnPostDeleteAsync(int? version, CancellationToken cancel)
    {
        if (await address.FindAsync(cancel) is not { } record) return NotFound();
        var result = await store.DeleteAsync(Type, record.Id, version, cancel).OrProblemAsync();
        return result.Outcome switch
        {
            SaveOutcome.Saved => this.Done(RecordLinks.List(Type), new(text["{0} moved to the recycle bin", Type.TitleOf(record)], Undo: RecordBin.UndoHref(Type, [record.Id]))),
            SaveOutcome.Stale => this.Done(RecordLinks.Of(Type, record), new(text["Somebody else has saved this record meanwhile. Look at it before you delete it."], "red")),
            SaveOutcome.Invalid => this.Done(RecordLinks.Of(Type, record), new(result.Problems[0].Message(text), "red")),
            SaveOutcome.Forbidden => StatusCode(403),
            _ => NotFound(),
        };
    }
}
