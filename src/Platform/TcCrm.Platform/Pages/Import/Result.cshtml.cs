using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Import;

public sealed class ResultModel(ImportWorkshop workshop, ImportWatch watch, IText text) : PageModel
{
    public OpenImport Draft { get; private set; } = null!;
    public ImportReport Report { get; private set; } = new();
    public ImportFindings Findings { get; private set; } = null!;
    public Note Outcome { get; private set; } = null!;
    public string? MatchLabel => Draft.Plan.MatchField is { } name && Draft.Type.Find(name) is { } match ? text[match.LabelKey] : null;
    public string ModeKey => Draft.Plan.Mode switch { ImportMode.Add => "Add only", ImportMode.Update => "Update only", _ => "Add and update" };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (!draft.IsStarted || await watch.ProgressAsync(draft.Import, "run", cancel) is not null) return Redirect($"~/import/{id}/run");
        (Draft, Report) = (draft, draft.Import.Report());
        Findings = await watch.FindingsAsync(draft.Import, cancel);
        Outcome = draft.Import.State switch
        {
            ImportState.Done => new("green", text["{0:N0} of {1:N0} rows are in.", Report.Added + Report.Updated + Report.Unchanged + Report.Folded, Report.Rows], text["The import is done."]),
            ImportState.Cancelled => new("amber", text["What had been written stays. The same file may be imported again."], text["The import was stopped."]),
            _ => new("red", await watch.FailureAsync(draft.Import, cancel) ?? "", text["The import failed."]),
        };
        return Page();
    }
}
