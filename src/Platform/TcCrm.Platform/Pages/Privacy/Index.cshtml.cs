using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Pages.Import;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Privacy;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Privacy.Retention;
using TcCrm.Platform.Records;
using TcCrm.Platform.Text;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Privacy;

/// <summary>How long records are kept, who was erased, and what is held.</summary>
[Permission(PrivacyPermissions.ManageRetention)]
public sealed class IndexModel(CrmDbContext db, Holds holds, ErasureRuns runs, OverwriteWatch overwrite, Access access) : PageModel
{
    const int Most = 20;

    public IReadOnlyList<RetentionRule> Rules { get; private set; } = [];
    public IReadOnlyList<Erasure> Erasures { get; private set; } = [];
    public IReadOnlyList<LegalHold> Held { get; private set; } = [];
    public IEnumerable<RecordType> Types => db.Snapshot.RecordTypes.Values.OrderBy(t => t.Name, StringComparer.Ordinal);
    /// <summary>On their way.</summary>
    public IReadOnlyList<ErasureRun> Open { get; private set; } = [];
    public JobProgress? Overwriting { get; private set; }
    public bool MayErase => access.May(PrivacyPermissions.ErasePersonalData);
    public bool IsWritingDue => Erasures.Any(e => e.OverwrittenAt is null);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Rules = await db.Set<RetentionRule>().AsNoTracking().OrderBy(r => r.Name).ToListAsync(cancel);
        Erasures = await db.Set<Erasure>().AsNoTracking().OrderByDescending(e => e.Id).Take(Most).ToListAsync(cancel);
        Held = await holds.PresentAsync(Most, cancel);
        Open = await runs.OpenAsync(Most, cancel);
        Overwriting = await overwrite.ProgressAsync(cancel);
    }

    public async Task<IActionResult> OnGetOverwritingAsync(CancellationToken cancel)
    {
        var progress = await overwrite.ProgressAsync(cancel);
        return ImportWatch.IsAsked(Request) ? ImportWatch.Answer(this, progress) : Redirect("~/privacy");
    }

    public async Task<IActionResult> OnPostOverwriteAsync(CancellationToken cancel)
    {
        await overwrite.StartAsync(cancel);
        return Redirect("~/privacy");
    }

    public string Local(DateTime? moment) => moment is null ? "–" : TimeZoneInfo.ConvertTimeFromUtc(moment.Value, db.Snapshot.Settings.Zone).ToMinute();

    public string? HrefOf(LegalHold hold) => db.Snapshot.RecordTypes.GetValueOrDefault(hold.RecordType) is { } type ? $"~{type.Path}/{hold.RecordId}/personal-data" : null;
}
