using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server.AspNetCore;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Identity.OpenId;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Platform.Pages.Connect;

/// <summary>
/// Where applications send a user to sign out. OpenIddict has checked the address to go back to. The user is asked, since anybody could have sent them
/// here, unless the application shows the token by which it knows this very user.
/// </summary>
[AllowAnonymous, WhileViewing, Feature(OpenIdServerStartup.Id)]
public sealed class LogoutModel(OpenIddictApplicationManager<OpenIdApplication> applications, CurrentUser user) : PageModel
{
    const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    /// <summary>Null when the request does not say whose it is.</summary>
    public string? Application { get; private set; }
    public string UserName => user.Name;
    public IEnumerable<(string Name, string Value)> Parameters => Asked!.GetParameters().Where(p => p.Key is not ("decision" or "__RequestVerificationToken")).Select(p => (p.Key, (string?)p.Value ?? ""));

    OpenIddictRequest? Asked => HttpContext.GetOpenIddictServerRequest();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Asked is null) return NotFound();
        if (!user.IsSignedIn) return Back();
        if (await IsMeantAsync()) return await EndAsync();
        if (Asked.ClientId is { } id && await applications.FindByClientIdAsync(id, cancel) is { } application) Application = application.DisplayName;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? decision, CancellationToken cancel) => decision switch
    {
        "leave" when Asked is not null => user.IsSignedIn ? await EndAsync() : Back(),
        "stay" => LocalRedirect($"{Request.PathBase}/"),
        _ => await OnGetAsync(cancel),
    };

    async Task<bool> IsMeantAsync() => (await HttpContext.AuthenticateAsync(Scheme)).Principal?.GetClaim(Claims.Subject) is { } subject && subject == user.Id?.ToString();

    async Task<IActionResult> EndAsync()
    {
        await SignInEndpoints.LeaveAsync(HttpContext, user);
        return Back();
    }

    SignOutResult Back()
    {
        FormExit.FromOwnPage(HttpContext);
        return SignOut(new AuthenticationProperties { RedirectUri = $"{Request.PathBase}/sign-in" }, Scheme);
    }
}
