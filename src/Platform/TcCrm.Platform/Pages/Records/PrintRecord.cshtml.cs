using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <summary>A record as it goes on paper.</summary>
[RequiresRight(RecordRight.Print), NotWhileViewing]
public sealed class PrintRecordModel(RecordViews views, NotePrint note, PrintedWords words, CrmDbContext db) : PageModel
{
    public RecordView View { get; private set; } = null!;
    public PrintedWords Words => words;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await views.ReadAsync(cancel) is not { } view) return NotFound();
        if (!await view.Type.ReachesAsync(db, RecordRight.Print, view.Record.Id, cancel)) return StatusCode(403);
        View = view;
        await note.OfRecordAsync(view.Type, view.Record.Id, cancel);
        return Page();
    }
}
