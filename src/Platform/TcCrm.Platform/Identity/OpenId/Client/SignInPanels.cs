using Microsoft.AspNetCore.Mvc;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>A way in besides the password, with its button.</summary>
public sealed record ProviderButton(string Name, string Href);

public sealed record ProviderButtons(IReadOnlyList<ProviderButton> Buttons, string? Refusal);

/// <summary>Below the form of the sign-in page and of an invitation: a button for each provider, and why the last attempt has failed.</summary>
[ViewComponent(Name = "ProviderButtons")]
public sealed class ProviderButtonsPanel(SignInProviders providers, IText text) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(string? query)
    {
        var (known, refusal) = (await providers.EnabledAsync(HttpContext.RequestAborted), RefusalWords.Of(HttpContext.Request.Query["refused"], text));
        return View(new ProviderButtons([.. known.Select(p => new ProviderButton(p.Name, $"~/sign-in/with/{p.Id}{query}"))], refusal));
    }
}

/// <summary>On the account page: whether accounts outside are linked.</summary>
[ViewComponent(Name = "LinkedAccounts")]
public sealed class LinkedAccountsPanel(LinkedAccounts links, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() => user.Id is { } me ? View(await links.OfAsync(me, HttpContext.RequestAborted)) : Content("");
}

/// <summary>On the page of a user.</summary>
[ViewComponent(Name = "UserLinkedAccounts")]
public sealed class UserLinkedAccountsPanel(LinkedAccounts links) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid user) => await links.OfAsync(user, HttpContext.RequestAborted) is { Count: > 0 } linked ? View((user, linked)) : Content("");
}
