using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;

namespace TcCrm.Platform.Pages.Import;

/// <summary>The rows that were left out, as a file to be corrected and imported again.</summary>
public sealed class ErrorsModel(ImportWorkshop workshop, IText text) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        var name = $"{Path.GetFileNameWithoutExtension(draft.Import.FileName)}-{text["rows left out"]}.csv";
        return new StreamedFile("text/csv; charset=utf-8", name, stream => workshop.WriteErrorsAsync(draft.Import, stream, cancel));
    }
}
