using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Pages.Account;

namespace TcCrm.Platform.Pages.Viewing;

/// <summary>Begins to look as a user.</summary>
public sealed class UserModel(ViewAs viewAs, CrmDbContext db, IText text) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public CrmUser Subject { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        try
        {
            await viewAs.BeginAsync(Subject, Reason, cancel);
            return LocalRedirect($"{Request.PathBase}/");
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    async Task<bool> LoadAsync(CancellationToken cancel) => (Subject = (await db.Users.FindAsync([Id], cancel))!) is not null;
}
