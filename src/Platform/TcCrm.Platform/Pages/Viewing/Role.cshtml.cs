using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Pages.Account;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Pages.Viewing;

/// <summary>Begins to look as somebody who has a role, and works in a unit.</summary>
public sealed class RoleModel(ViewAs viewAs, UnitTree tree, Access access, CrmDbContext db, IText text) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public Guid? Unit { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public CrmRole Role { get; private set; } = null!;
    public IReadOnlyList<(Guid Id, string Name)> Units { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        try
        {
            await viewAs.BeginAsync(Role, Unit, Reason, cancel);
            return LocalRedirect($"{Request.PathBase}/");
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await db.Roles.FindAsync([Id], cancel) is not { } role) return false;
        var units = access.TypeOf("organisation.unit") is null ? [] : await tree.ReadVisibleAsync(cancel);
        (Role, Units) = (role, [.. units.SelectMany(n => n.Flat).Select(n => (n.Unit.Id, new string('\u3000', n.Depth) + n.Unit.Name))]);
        return true;
    }
}
