using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Records;

/// <summary>Answers a combobox. The words come under the name of the box, whatever that is.</summary>
public sealed class OptionsModel(Access access, FieldOptions options) : PageModel
{
    public IReadOnlyList<FieldOption> Found { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string type, string field, CancellationToken cancel)
    {
        if (access.TypeOf(type) is not { } record || record.Find(field) is not { } found) return NotFound();
        var words = Request.Query.Where(q => q.Key.EndsWith(".text", StringComparison.Ordinal)).Select(q => q.Value.ToString().Trim()).FirstOrDefault("");
        Found = await options.FindAsync(found, words, cancel);
        return Page();
    }
}
