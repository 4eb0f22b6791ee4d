using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

/// <summary>One's own password; also where a forced change leads. Other sessions of the user end, this one goes on.</summary>
[NotWhileViewing]
[BeforePasswordChange]
public sealed class PasswordModel(UserManager<CrmUser> users, UserAccounts accounts, IText text) : PageModel
{
    [BindProperty] public string? Present { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? Again { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (Password != Again) ModelState.AddModelError(nameof(Again), text["The two passwords differ."]);
        else if (Password == Present) ModelState.AddModelError(nameof(Password), text["Take another password than the present one."]);
        if (!ModelState.IsValid || ModelState.Add(await accounts.ChangePasswordAsync(user, Present ?? "", Password ?? "", cancel), text)) return Refused();
        await Sessions.SignInAsync(HttpContext, user, remember: false);
        HttpContext.ToastAfterRedirect(new(text["Your password has been changed."]));
        return LocalRedirect($"{Request.PathBase}/");
    }

    PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
