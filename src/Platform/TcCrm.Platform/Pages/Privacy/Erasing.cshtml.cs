using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Pages.Import;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Privacy;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Text;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Privacy;

/// <summary>How far the erasing of a person is, and in the end what went where.</summary>
[Permission(PrivacyPermissions.ErasePersonalData)]
public sealed class ErasingModel(CrmDbContext db, ErasureRuns runs, RecordLabels labels, Access access, IText text) : PageModel
{
    public ErasureRun Run { get; private set; } = null!;
    public JobProgress? Progress { get; private set; }
    public string? Failure { get; private set; }
    public IReadOnlyList<(string Place, int Count)> Report { get; private set; } = [];
    public bool MaySeeAll => access.May(PrivacyPermissions.ManageRetention);
    public string AskedBy => labels.UserName(Run.AskedById);

    public string Outcome => Run.Mode switch
    {
        ErasureMode.Emptied => text["The record stays without a name, since others point to it."],
        ErasureMode.Removed => text["Record and parts are gone."],
        _ => text["There was nothing left to erase."],
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await runs.FindAsync(id, cancel) is not { } run || (run.AskedById != db.UserId && !MaySeeAll)) return NotFound();
        Run = run;
        await labels.LoadUsersAsync([run.AskedById], cancel);
        Progress = await runs.ProgressAsync(run, cancel);
        if (ImportWatch.IsAsked(Request)) return ImportWatch.Answer(this, Progress);
        if (Progress is not null) return Page();
        Run = await runs.FindAsync(id, cancel) ?? run; // it may have ended since
        Failure = await runs.FailureAsync(Run, cancel);
        Report = [.. Run.Counts.OrderByDescending(c => c.Value).Select(c => (text[$"ErasureStore.{c.Key}"], c.Value))];
        return Page();
    }

    public string Local(DateTime moment) => TimeZoneInfo.ConvertTimeFromUtc(moment, db.Snapshot.Settings.Zone).ToMinute();
}
