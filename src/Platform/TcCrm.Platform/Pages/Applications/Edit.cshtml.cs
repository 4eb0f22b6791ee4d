using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Platform.Pages.Account;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Applications;

/// <summary>One application; <c>/applications/new</c> registers one.</summary>
[Feature(OpenIdServerStartup.Id)]
public sealed class EditModel(Identity.OpenId.Applications applications, ScopeWords scopes, IText text) : PageModel
{
    const string SecretKey = "ApplicationSecret";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty] public ApplicationForm Form { get; set; } = new();

    public bool IsNew => Id == "new";
    public OpenIdApplication? Application { get; private set; }
    public string? Secret { get; private set; }
    public string Issuer => OpenIdPrincipals.AddressOf(Request);
    public IReadOnlyList<(string Label, IReadOnlyList<ScopeChoice> Scopes)> Groups => scopes.Groups();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (Application is not null) Form = await applications.ReadAsync(Application, cancel);
        Secret = TempData[SecretKey] as string;
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        try
        {
            if (Application is not null ? !ModelState.Add(await applications.SaveAsync(Application, Form, cancel), text) : await CreateAsync(cancel)) return Saved(Application);
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostSecretAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || Application is null) return NotFound();
        TempData[SecretKey] = await applications.RenewSecretAsync(Application, cancel);
        return Saved(Application);
    }

    public async Task<IActionResult> OnPostSwitchAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || Application is null) return NotFound();
        await applications.SwitchAsync(Application, !Application.IsEnabled, cancel);
        return Saved(Application);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || Application is null) return NotFound();
        await applications.RemoveAsync(Application, cancel);
        return Saved(null);
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!IsNew && Guid.TryParse(Id, out var id)) Application = await applications.FindAsync(id, cancel);
        return IsNew || Application is not null;
    }

    async Task<bool> CreateAsync(CancellationToken cancel)
    {
        var (made, secret, problems) = await applications.CreateAsync(Form, cancel);
        if (ModelState.Add(problems, text)) return false;
        Application = made;
        TempData[SecretKey] = secret;
        return true;
    }

    LocalRedirectResult Saved(OpenIdApplication? shown)
    {
        HttpContext.ToastAfterRedirect(new(text["Saved"]));
        return LocalRedirect($"{Request.PathBase}/applications/{shown?.Id}".TrimEnd('/'));
    }
}
