using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Pages.Setup;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Host;

/// <summary>A further company, on the same form as the first.</summary>
[Permission(PlatformPermissions.ManageTenants)]
public sealed class NewModel(SetUpTenants setUp, SetupRuns runs, RecipeCatalogue recipes, IText text) : PageModel
{
    [BindProperty]
    public TenantForm Form { get; set; } = new();

    public IEnumerable<RecipeHeader> Recipes => recipes.All.Select(r => r.Header).Where(h => h.IsSetupRecipe);

    public void OnGet(string? again)
    {
        if (again is null || runs.Find(again) is not { Refused: { } refused, Form: TenantForm typed }) return;
        Form = typed;
        ModelState.Add(nameof(Form), refused.Problems.Select(p => typed.OfForm(p, ofHost: false)), text);
    }

    public IActionResult OnPost()
    {
        ModelState.Clear();
        ModelState.Add(nameof(Form), Form.Check(setUp, withHost: false), text);
        if (!ModelState.IsValid) return Page();
        var run = runs.Start([Form.Company()], Form.WithoutPasswords());
        return LocalRedirect($"~/host/progress/{run.Id}");
    }
}
