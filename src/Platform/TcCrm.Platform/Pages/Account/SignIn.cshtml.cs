using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

[AllowAnonymous]
public sealed class SignInModel(TenantContext tenant, CompanySignIn company, IText text) : PageModel
{
    [BindProperty] public string? Company { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public bool Remember { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    /// <summary>The common page, where all companies of the host meet.</summary>
    public bool AsksForCompany => tenant.Snapshot.Tenant.IsDefault;

    public IActionResult OnGet() => this.RefusesForeign(ReturnUrl, text) ? Page() : User.Identity?.IsAuthenticated == true ? LocalRedirect(Wanted()) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (this.RefusesForeign(ReturnUrl, text)) return Page();
        var code = AsksForCompany && !string.IsNullOrWhiteSpace(Company) ? Company.Trim().ToLowerInvariant() : tenant.Snapshot.Tenant.Name;
        try
        {
            var arrived = await company.SignInAsync(HttpContext, code, new(Name ?? "", Password ?? "", Remember), cancel);
            if (arrived.NeedsCode) return LocalRedirect($"{Request.PathBase}{SignInStage.Code.Path}" + QueryString.Create("returnUrl", Wanted()));
            if (arrived.Refused is null) return arrived.Elsewhere is { } elsewhere ? Redirect(elsewhere) : LocalRedirect(Wanted());
            ModelState.AddModelError("", arrived.Refused(text));
        }
        catch (BusinessRuleException busy)
        {
            ModelState.Add(busy, text);
        }
        if (Response.StatusCode == StatusCodes.Status200OK) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>Goes along with another way in.</summary>
    public string Onwards => string.IsNullOrEmpty(ReturnUrl) || !Links.IsLocal(ReturnUrl) ? "" : QueryString.Create("returnUrl", ReturnUrl).Value!;

    string Wanted() => string.IsNullOrEmpty(ReturnUrl) ? $"{Request.PathBase}/" : ReturnUrl;
}
