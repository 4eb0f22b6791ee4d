using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Setup;

/// <summary>The first company and the host's administrator. There is no such page once they are there.</summary>
[AllowAnonymous, RequestSizeLimit(MostBytes), RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
public sealed class IndexModel(TenantRegistry registry, Entrance entrance, SetUpTenants setUp, SetupRuns runs, SetupChoices choices, IText text) : PageModel
{
    const long MostBytes = (long)SetupChoices.MostMegabytes << 20;

    [BindProperty]
    public TenantForm Form { get; set; } = new();

    public bool IsLocked { get; private set; }
    public bool IsTokenWrong { get; private set; }
    public IEnumerable<RecipeHeader> Recipes => choices.Offered;

    public IActionResult OnGet(string? token, string? again)
    {
        if (!IsOffered) return NotFound();
        if (token is not null && entrance.Token.TryRemember(HttpContext, token)) return Redirect(SetupGate.Path);
        IsTokenWrong = token is not null;
        IsLocked = !entrance.Token.Opens(HttpContext);
        if (IsLocked) return Page();
        if (again is not null && runs.Find(again) is { Refused: { } refused, Form: TenantForm typed })
        {
            Form = typed;
            ModelState.Add(nameof(Form), refused.Problems.Select(p => typed.OfForm(p, refused.Tenant == Tenant.DefaultName)), text);
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!IsOffered) return NotFound();
        if (!entrance.Token.Opens(HttpContext)) return Redirect(SetupGate.Path);
        ModelState.Clear();
        ModelState.Add(nameof(Form), [.. await choices.TakeAsync(Form, cancel), .. Form.Check(setUp, withHost: true)], text);
        if (!ModelState.IsValid) return Page();
        var run = runs.Start([Form.Company(), Form.Host()], Form.WithoutPasswords());
        return Redirect($"{SetupGate.Path}/progress/{run.Id}");
    }

    bool IsOffered => registry.Find(Tenant.DefaultName) is null or { State: TenantState.Initializing } && !Request.PathBase.HasValue && entrance.IsOpen;
}
