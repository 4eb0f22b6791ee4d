using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Import;

public sealed class PreviewModel(ImportWorkshop workshop, ImportWatch watch) : PageModel
{
    /// <summary>Chosen for a word that stands for no value.</summary>
    public const string LeaveEmpty = "-";

    public OpenImport Draft { get; private set; } = null!;
    public ImportReport Report { get; private set; } = new();
    public JobProgress? Progress { get; private set; }
    public string? Failure { get; private set; }
    public ImportFindings Findings { get; private set; } = null!;
    public IReadOnlyList<UnknownValue> Unknown { get; private set; } = [];
    [BindProperty] public List<string> Fields { get; set; } = [];
    [BindProperty] public List<string> Written { get; set; } = [];
    [BindProperty] public List<string?> Means { get; set; } = [];

    /// <summary>Also asked by the progress bar, which leaves for the full page when the check is done.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (draft.IsStarted) return Redirect($"~/import/{id}/run");
        if (draft.Import.State == ImportState.Draft && draft.Import.JobId is null) return Redirect($"~/import/{id}/match");
        Progress = await watch.ProgressAsync(draft.Import, "preview", cancel);
        if (ImportWatch.IsAsked(Request)) return ImportWatch.Answer(this, Progress);
        if (Progress is null) await workshop.RefreshAsync(draft.Import, cancel); // the check may have ended since it was read
        (Draft, Report) = (draft, draft.Import.Report());
        Failure = await watch.FailureAsync(draft.Import, cancel);
        Findings = await watch.FindingsAsync(draft.Import, cancel);
        Unknown = await watch.UnknownValuesAsync(draft, cancel);
        return Page();
    }

    /// <summary>What words of the file mean; then everything is checked again.</summary>
    public async Task<IActionResult> OnPostValuesAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (draft.Import.State != ImportState.Previewed) return Redirect($"~/import/{id}/preview");
        await workshop.ChangeAsync(draft.Import, draft.Plan.Meaning(Chosen()), cancel);
        await workshop.StartAsync(draft.Import, writes: false, cancel);
        return Redirect($"~/import/{id}/preview");
    }

    IEnumerable<(string Field, string Word, string Choice)> Chosen() => Fields.Zip(Written, Means).Where(c => !string.IsNullOrEmpty(c.Third)).Select(c => (c.First, c.Second, c.Third == LeaveEmpty ? "" : c.Third!));

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (draft.Import.State == ImportState.Previewed) await workshop.StartAsync(draft.Import, writes: true, cancel);
        return Redirect($"~/import/{id}/run");
    }

    public async Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        await workshop.StopAsync(draft.Import, cancel);
        return Redirect($"~/import/{id}/match");
    }
}
