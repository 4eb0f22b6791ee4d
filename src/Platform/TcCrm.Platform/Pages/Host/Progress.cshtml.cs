using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Host;

/// <summary>Looks on while a further company is set up.</summary>
[Permission(PlatformPermissions.ManageTenants)]
public sealed class ProgressModel(SetupRuns runs) : PageModel
{
    public SetupRun Run { get; private set; } = null!;
    public bool IsPart => Request.Headers.ContainsKey("HX-Request");

    public IActionResult OnGet(string id)
    {
        if (runs.Find(id) is not { } run) return Elsewhere("/host/tenants");
        Run = run;
        return run.Refused is null ? Page() : Elsewhere($"/host/tenants/new?again={run.Id}");
    }

    IActionResult Elsewhere(string address)
    {
        if (!IsPart) return Redirect(address);
        Response.Headers["HX-Redirect"] = address;
        return new EmptyResult();
    }
}
