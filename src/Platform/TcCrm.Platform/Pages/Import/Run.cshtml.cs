using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Import;

public sealed class RunModel(ImportWorkshop workshop, ImportWatch watch) : PageModel
{
    public OpenImport Draft { get; private set; } = null!;
    public JobProgress Progress { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (!draft.IsStarted) return Redirect($"~/import/{id}/preview");
        Draft = draft;
        var progress = await watch.ProgressAsync(draft.Import, "run", cancel);
        if (ImportWatch.IsAsked(Request)) return ImportWatch.Answer(this, progress);
        if (progress is null) return Redirect($"~/import/{id}/result");
        Progress = progress;
        return Page();
    }

    /// <summary>What is written stays.</summary>
    public async Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        await workshop.StopAsync(draft.Import, cancel);
        return Redirect($"~/import/{id}/run");
    }
}
