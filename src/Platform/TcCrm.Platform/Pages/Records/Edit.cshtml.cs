using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

[RequiresRight(RecordRight.Edit)]
public sealed class EditModel(RecordAddress address, RecordForms forms, FieldOptions options, RecordStore store, RecordConflicts conflicts, IText text) : PageModel
{
    public RecordType Type => address.Type;
    public RecordForm? Form { get; private set; }
    public RecordConflict? Conflict { get; private set; }
    public Record Record { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await address.FindAsync(cancel) is not { } record) return NotFound();
        Form = await forms.EditAsync(Type, Record = record, cancel);
        return Page();
    }

    /// <summary>From the form, or from the view of a conflict, which says for each field whose value shall stand.</summary>
    public async Task<IActionResult> OnPostAsync(int version, CancellationToken cancel)
    {
        if (await address.FindAsync(cancel) is not { } record) return NotFound();
        var typed = await FormValues.ReadAsync(Type, Request.Form, options, cancel);
        var result = await store.UpdateAsync(Type, (Record = record).Id, version, typed.ValuesBut(TakenTheirs()), cancel).OrProblemAsync();
        return result.Outcome == SaveOutcome.Stale ? await CompareAsync(result.Record!, version, typed, cancel) : Answer(result, typed);
    }

    IEnumerable<string> TakenTheirs() => Request.Form.Where(f => f.Key.StartsWith("take.", StringComparison.Ordinal) && f.Value == "theirs").Select(f => f.Key["take.".Length..]);

    /// <summary>Nothing differs when a form was sent twice.</summary>
    async Task<IActionResult> CompareAsync(Record now, int version, FormValues typed, CancellationToken cancel)
    {
        Conflict = await conflicts.CompareAsync(Type, now, version, typed, cancel);
        return Conflict.Rows.Count == 0 ? Saved(now) : this.Refused("Records/_Conflict", Conflict);
    }

    IActionResult Answer(SaveResult result, FormValues typed)
    {
        if (result.Outcome is SaveOutcome.Saved or SaveOutcome.Unchanged) return Saved(result.Record!);
        if (result.Outcome != SaveOutcome.Invalid) return StatusCode(result.Outcome == SaveOutcome.Forbidden ? 403 : 404);
        Form = forms.Again(Type, Record, Guid.Empty, typed, result.Problems);
        return this.Refused("Records/_Form", Form);
    }

    IActionResult Saved(Record record) => this.Done(RecordLinks.Of(Type, record), new(text["{0} saved", Type.TitleOf(record)]));
}
