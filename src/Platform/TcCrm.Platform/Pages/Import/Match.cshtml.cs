using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Import;

public sealed class MatchModel(ImportWorkshop workshop, ImportFiles files, Importer importer, IText text) : PageModel
{
    public OpenImport Draft { get; private set; } = null!;
    public IReadOnlyList<FormProblem> Problems { get; private set; } = [];
    /// <summary>Fields that may tell records apart; the empty name stands for none.</summary>
    public IReadOnlyList<(string Name, string Label)> Keys { get; private set; } = [];
    [BindProperty] public string? MatchField { get; set; }
    [BindProperty] public ImportMode Mode { get; set; }
    [BindProperty] public bool EmptyClears { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (draft.IsStarted) return Redirect($"~/import/{id}/run");
        (MatchField, Mode, EmptyClears) = (draft.Plan.MatchField, draft.Plan.Mode, draft.Plan.EmptyClears);
        return Show(draft);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (draft.IsStarted) return Redirect($"~/import/{id}/run");
        var plan = draft.Plan with { MatchField = string.IsNullOrEmpty(MatchField) ? null : MatchField, Mode = Mode, EmptyClears = EmptyClears };
        using var file = files.Open(id, plan);
        if (importer.Check(file, plan) is { Count: > 0 } problems)
        {
            Problems = [.. problems.Select(p => new FormProblem(p.Message(text)))];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Show(draft);
        }
        await workshop.ChangeAsync(draft.Import, plan, cancel);
        await workshop.StartAsync(draft.Import, writes: false, cancel);
        return Redirect($"~/import/{id}/preview");
    }

    PageResult Show(OpenImport draft)
    {
        Draft = draft;
        var fields = draft.Plan.Columns.SelectMany(c => c.Fields).Distinct().Select(draft.Type.Find).OfType<Field>().Where(ColumnMap.CanMatch);
        Keys = [.. fields.Select(f => (f.Name, text[f.LabelKey])), ("", text["Nothing"])];
        return Page();
    }
}
