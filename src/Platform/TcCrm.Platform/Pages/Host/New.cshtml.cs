using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Pages.Setup;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Host;

/// <summary>A further company, on the same form as the first.</summary>
[Permission(PlatformPermissions.ManageTenants), RequestSizeLimit(MostBytes), RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
public sealed class NewModel(SetUpTenants setUp, SetupRuns runs, SetupChoices choices, IText text) : PageModel
{
    const long MostBytes = (long)SetupChoices.MostMegabytes << 20;

    [BindProperty]
    public TenantForm Form { get; set; } = new();

    public IEnumerable<RecipeHeader> Recipes => choices.Offered;

    public void OnGet(string? again)
    {
        if (again is null || runs.Find(again) is not { Refused: { } refused, Form: TenantForm typed }) return;
        Form = typed;
        ModelState.Add(nameof(Form), refused.Problems.Select(p => typed.OfForm(p, ofHost: false)), text);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        ModelState.Add(nameof(Form), [.. await choices.TakeAsync(Form, cancel), .. Form.Check(setUp, withHost: false)], text);
        if (!ModelState.IsValid) return Page();
        var run = runs.Start([Form.Company()], Form.WithoutPasswords());
        return LocalRedirect($"~/host/progress/{run.Id}");
    }
}
