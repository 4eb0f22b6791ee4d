using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Tenants.Backups;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Host;

/// <summary>A backup becomes a tenant again: under a free name, or in the place of the one that has the name.</summary>
[Permission(PlatformPermissions.ManageTenants)]
[RequestSizeLimit(Largest), RequestFormLimits(MultipartBodyLengthLimit = Largest)]
public sealed class RestoreModel(TenantRegistry registry, RestoreTenant restore, IText text) : PageModel
{
    const long Largest = 16L << 30;

    [BindProperty]
    public string? Name { get; set; }
    /// <summary>The name once more, where a tenant is to give way.</summary>
    [BindProperty]
    public string? Replace { get; set; }

    public void OnGet(string? name) => Name = name;

    public async Task<IActionResult> OnPostAsync(IFormFile? archive, CancellationToken cancel)
    {
        ModelState.Clear();
        var name = string.IsNullOrWhiteSpace(Name) ? null : Name.Trim();
        var replaces = name is not null && registry.Find(name) is not null;
        if (archive is null) ModelState.AddModelError(nameof(archive), text["Choose the file of a backup."]);
        if (name is not null && !Tenant.IsValidName(name)) ModelState.AddModelError(nameof(Name), text["A tenant's name is made of a-z, 0-9 and '-', begins with a letter and has 40 characters at most."]);
        if (replaces && Replace?.Trim() != name) ModelState.AddModelError(nameof(Replace), text["The tenant '{0}' exists. Type its name here to have the backup take its place.", name]);
        if (!ModelState.IsValid) return Page();
        try
        {
            await using var stream = archive!.OpenReadStream();
            var restored = await restore.ExecuteAsync(stream, name, replaces, cancel);
            HttpContext.ToastAfterRedirect(new(text["{0} is restored", restored]));
            return LocalRedirect($"~/host/tenants/{restored}");
        }
        catch (BusinessRuleException refused)
        {
            ModelState.AddModelError(nameof(archive), refused.Text(text));
            return Page();
        }
    }
}
