using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

/// <summary>One's own accounts at providers: to link, and to take back as long as another way in is left.</summary>
[Feature(OpenIdClientStartup.Id)]
[NotWhileViewing]
public sealed class LinkedModel(UserManager<CrmUser> users, Identity.OpenId.SignInProviders providers, LinkedAccounts links, SignInCheck check, IText text) : PageModel
{
    [BindProperty] public string? Password { get; set; }

    public IReadOnlyList<SignInProvider> Providers { get; private set; } = [];
    public IReadOnlyList<LinkedAccount> Linked { get; private set; } = [];
    public bool HasPassword { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? refused, CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (RefusalWords.Of(refused, text) is { } why) ModelState.AddModelError("", why);
        await LoadAsync(user, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostLinkAsync(Guid provider, CancellationToken cancel) => StepAsync(async user =>
    {
        if (await providers.FindAsync(provider, cancel) is not { IsEnabled: true } found) return NotFound();
        HttpContext.Features.Set(found);
        var properties = new AuthenticationProperties { RedirectUri = $"{Request.PathBase}/account/linked" };
        properties.SetString(ProviderAnswers.LinkTo, user.Id.ToString());
        FormExit.WithoutRedirect(HttpContext);
        await OpenIdClientEndpoints.ChallengeAsync(HttpContext, found, properties);
        return new EmptyResult();
    }, cancel);

    public Task<IActionResult> OnPostUnlinkAsync(Guid provider, CancellationToken cancel) => StepAsync(async user =>
    {
        await links.UnlinkAsync(user.Id, provider, cancel);
        HttpContext.ToastAfterRedirect(new(text["The account is no longer linked."]));
        return LocalRedirect($"{Request.PathBase}/account/linked");
    }, cancel);

    /// <summary>A borrowed browser should not open a way in for later.</summary>
    async Task<IActionResult> StepAsync(Func<CrmUser, Task<IActionResult>> step, CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        try
        {
            if (user.PasswordHash is not null) await check.RequireAsync(user, Password ?? "", cancel);
            return await step(user);
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        await LoadAsync(user, cancel);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    async Task LoadAsync(CrmUser user, CancellationToken cancel)
    {
        (Linked, HasPassword) = (await links.OfAsync(user.Id, cancel), user.PasswordHash is not null);
        Providers = [.. (await providers.ListAsync(cancel)).Where(p => p.IsEnabled || Linked.Any(l => l.Provider.Id == p.Id))];
    }
}
