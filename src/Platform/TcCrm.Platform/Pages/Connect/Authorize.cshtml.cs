using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server.AspNetCore;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Identity.OpenId;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Refusal = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace TcCrm.Platform.Pages.Connect;

/// <summary>Where applications send a user to sign in. OpenIddict has checked application, address, scopes and proof key; here the user decides.</summary>
[NotWhileViewing]
[AllowAnonymous, Feature(OpenIdServerStartup.Id)]
public sealed class AuthorizeModel(OpenIddictApplicationManager<OpenIdApplication> applications, OpenIdGrants grants, OpenIdPrincipals principals, ScopeWords words, CurrentUser user) : PageModel
{
    const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public OpenIdApplication Application { get; private set; } = null!;
    public string UserName => user.Name;
    public string Target => Uri.TryCreate(Asked?.RedirectUri, UriKind.Absolute, out var target) ? target.Host.Length > 0 ? target.Host : target.Scheme : "";
    public IEnumerable<string> Scopes => Asked!.GetScopes().Select(words.Describe);
    public IEnumerable<(string Name, string Value)> Parameters => Asked!.GetParameters().Where(p => p.Key is not ("decision" or "__RequestVerificationToken")).Select(p => (p.Key, (string?)p.Value ?? ""));

    OpenIddictRequest? Asked => HttpContext.GetOpenIddictServerRequest();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (NotYet() is { } first) return first;
        var remembered = Asked!.HasPromptValue(PromptValues.Consent) ? null : await grants.FindAsync(Application, Asked!.GetScopes(), cancel);
        if (remembered is null && Application.ConsentType == ConsentTypes.Explicit)
            return Asked!.HasPromptValue(PromptValues.None) ? Refuse(Refusal.ConsentRequired, "The user has to be asked.") : Page();
        return await GrantAsync(remembered, cancel);
    }

    public async Task<IActionResult> OnPostAsync(string? decision, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (NotYet() is { } first) return first;
        if (decision != "allow") return Refuse(Refusal.AccessDenied, "The user has refused.");
        return await GrantAsync(await grants.FindAsync(Application, Asked!.GetScopes(), cancel), cancel);
    }

    /// <summary>Signs in first, or changes the password first.</summary>
    IActionResult? NotYet()
    {
        if (user.IsSignedIn) return User.MustChangePassword() || User.MustEnrolSecondFactor() ? LocalRedirect($"{Request.PathBase}/") : null; // every other door asks for it
        return Asked!.HasPromptValue(PromptValues.None) ? Refuse(Refusal.LoginRequired, "Nobody is signed in.") : Challenge();
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (Asked?.ClientId is { } id && await applications.FindByClientIdAsync(id, cancel) is { } found) Application = found;
        return Application is not null;
    }

    async Task<IActionResult> GrantAsync(OpenIdAuthorization? remembered, CancellationToken cancel)
    {
        var scopes = Asked!.GetScopes();
        if (await principals.OfAsync(user.Id?.ToString(), scopes, cancel) is not { } principal) return Refuse(Refusal.AccessDenied, "The user is gone or disabled.");
        remembered ??= await grants.GiveAsync(Application, scopes, cancel);
        principal.SetAuthorizationId(remembered.Id.ToString());
        FormExit.FromOwnPage(HttpContext);
        return SignIn(principal, Scheme);
    }

    ForbidResult Refuse(string error, string description)
    {
        FormExit.FromOwnPage(HttpContext);
        return Forbid(OpenIdEndpoints.Refusal(error, description), Scheme);
    }
}
