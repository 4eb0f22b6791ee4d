using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Setup;

/// <summary>Looks on while the first company is set up; a reload shows where it is. The id in the address is the key.</summary>
[AllowAnonymous]
public sealed class ProgressModel(SetupRuns runs) : PageModel
{
    public SetupRun Run { get; private set; } = null!;
    public string CompanyAddress => "/t/" + Run.Tenant;

    public IActionResult OnGet(string id)
    {
        if (Request.PathBase.HasValue) return NotFound();
        if (runs.Find(id) is not { } run) return Redirect(SetupGate.Path);
        Run = run;
        if (!run.IsOver) return Page();
        if (run.Refused is not null) return Elsewhere($"{SetupGate.Path}?again={run.Id}");
        return Page();
    }

    public bool IsPart => Request.Headers.ContainsKey("HX-Request");

    IActionResult Elsewhere(string address)
    {
        if (!IsPart) return Redirect(address);
        Response.Headers["HX-Redirect"] = address;
        return new EmptyResult();
    }
}
