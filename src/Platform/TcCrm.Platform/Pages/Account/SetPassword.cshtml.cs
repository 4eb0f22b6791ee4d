using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

/// <summary>Where the links of invitations and of forgotten passwords lead.</summary>
[AllowAnonymous]
public sealed class SetPasswordModel(UserManager<CrmUser> users, UserAccounts accounts, IText text) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Kind { get; set; } = PasswordLink.Reset;
    [BindProperty(SupportsGet = true, Name = "user")] public string? UserId { get; set; }
    [BindProperty(SupportsGet = true, Name = "token")] public string? Token { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? Again { get; set; }

    /// <summary>Goes along with who takes the invitation by another way in.</summary>
    public string Onwards => QueryString.Create("user", UserId ?? "").Add("token", Token ?? "").Value!;
    public bool IsInvitation => Kind == PasswordLink.Invitation;

    public IActionResult OnGet()
    {
        Response.Headers["Referrer-Policy"] = "no-referrer";
        return Kind is PasswordLink.Invitation or PasswordLink.Reset ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Kind is not (PasswordLink.Invitation or PasswordLink.Reset)) return NotFound();
        if (Password != Again) ModelState.AddModelError(nameof(Again), text["The two passwords differ."]);
        if (!ModelState.IsValid || ModelState.Add(await SetAsync(cancel), text))
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        HttpContext.ToastAfterRedirect(new(text["Your password is set. Sign in with it."]));
        return LocalRedirect($"{Request.PathBase}/sign-in");
    }

    async Task<IReadOnlyList<RecordProblem>> SetAsync(CancellationToken cancel) =>
        Guid.TryParse(UserId, out var id) && await users.FindByIdAsync(id.ToString()) is { IsEnabled: true } user
            ? await accounts.SetPasswordAsync(user, new(Kind, Token ?? ""), Password ?? "", cancel)
            : [new("", users.ErrorDescriber.InvalidToken().Description)];
}
