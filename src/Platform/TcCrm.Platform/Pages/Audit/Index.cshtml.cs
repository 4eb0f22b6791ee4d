using TcCrm.Platform.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Pages.Import;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Audit;

[NotWhileViewing("Export")]
public sealed class IndexModel(AuditList list, AuditWords words, AuditExport export, AuditWatch watch, CrmDbContext db, TenantContext tenant) : PageModel
{
    const int MostNames = 200;

    public AuditFilter Filter { get; private set; } = null!;
    public AuditPage Found { get; private set; } = null!;
    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];
    public IReadOnlyList<string> Users { get; private set; } = [];
    public JobProgress? Verification { get; private set; }
    public (DateTime At, KeptVerdict Verdict)? LastVerdict { get; private set; }
    public bool IsFirstPage { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid? before, CancellationToken cancel)
    {
        (Filter, IsFirstPage) = (AuditFilter.Read(Request.Query), before is null);
        Found = await list.ReadAsync(Filter, before, AuditList.Size, cancel);
        Lines = await words.OfAsync(Found.Entries, Filter.Search, cancel);
        Users = await db.Users.OrderBy(u => u.NormalizedUserName).Take(MostNames).Select(u => u.UserName!).ToListAsync(cancel);
        Verification = await watch.ProgressAsync(cancel);
        LastVerdict = await watch.LastAsync(cancel);
        return Page();
    }

    public IActionResult OnGetExport()
    {
        var filter = AuditFilter.Read(Request.Query);
        return new StreamedFile("text/csv", $"audit-{tenant.Snapshot.Tenant.Name}.csv", stream => export.WriteAsync(filter, stream, HttpContext.RequestAborted));
    }

    public async Task<IActionResult> OnGetVerificationAsync(CancellationToken cancel)
    {
        var progress = await watch.ProgressAsync(cancel);
        return ImportWatch.IsAsked(Request) ? ImportWatch.Answer(this, progress) : Redirect("~/audit");
    }

    public async Task<IActionResult> OnPostVerifyAsync(CancellationToken cancel)
    {
        await watch.StartAsync(cancel);
        return Redirect("~/audit");
    }

    public IEnumerable<(string Name, string Label)> Actions => AuditWords.Actions.Select(a => (a, words.LabelOf(a))).OrderBy(a => a.Item2, StringComparer.CurrentCulture);

    public IEnumerable<(string Name, string Label)> Types => words.Types.Select(t => (t, words.LabelOfType(t))).OrderBy(t => t.Item2, StringComparer.CurrentCulture);
}
