using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

[RequiresRight(RecordRight.Create)]
public sealed class NewModel(RecordAddress address, RecordForms forms, FieldOptions options, CreateRecordOnce create, IText text) : PageModel
{
    public RecordType Type => address.Type;
    public RecordForm Form { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel) => Form = await forms.NewAsync(Type, Request.Query, cancel);

    public async Task<IActionResult> OnPostAsync(Guid token, CancellationToken cancel)
    {
        var typed = await FormValues.ReadAsync(Type, Request.Form, options, cancel);
        var result = await create.ExecuteAsync(Type, token, typed.Values, cancel).OrProblemAsync();
        if (result.Outcome == SaveOutcome.Saved) return this.Done(RecordLinks.Of(Type, result.Record!), new(text["{0} saved", Type.TitleOf(result.Record!)]));
        Form = forms.Again(Type, null, token, typed, result.Problems);
        return this.Refused("Records/_Form", Form);
    }
}
