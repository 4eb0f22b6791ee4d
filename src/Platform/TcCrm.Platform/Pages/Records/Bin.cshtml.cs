using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

[RequiresRight(RecordRight.Delete)]
public sealed class BinModel(RecordAddress address, CrmDbContext db, RecordLabels labels, RecordBin bin, IText text) : PageModel
{
    public RecordType Type => address.Type;
    public RecordPage Deleted { get; private set; } = null!;
    public TimeZoneInfo Zone => db.Snapshot.Settings.Zone;

    public async Task<IActionResult> OnGetAsync(string? after, CancellationToken cancel)
    {
        if (!Cursor.TryParse(after, out var cursor)) return NotFound();
        Deleted = await Type.ListAsync(db, RecordQuery.All with { Deleted = true, After = cursor }, cancel);
        await labels.LoadUsersAsync(Deleted.Items.Select(r => r.DeletedById), cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRestoreAsync(List<Guid> id, CancellationToken cancel)
    {
        var problems = await bin.RestoreAsync(Type, id, cancel);
        return this.Done(RecordLinks.Bin(Type), problems is [var first, ..] ? new(first.Message(text), "red") : new(text["{0} restored", id.Count]));
    }
}
