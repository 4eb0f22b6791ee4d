using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Account;

/// <summary>Says the same, and takes as long, whether there is such a user or not.</summary>
[AllowAnonymous]
public sealed class ForgotModel(SignInCheck check, PasswordMails mails, SignInLimits limits, TenantContext tenant, TimeProvider time, IText text) : PageModel
{
    static readonly TimeSpan Always = TimeSpan.FromMilliseconds(300);

    [BindProperty] public string? Name { get; set; }

    public bool IsSent { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var name = Name?.Trim() ?? "";
        if (await limits.WaitForMailAsync(TooManyTries.AddressOf(HttpContext), tenant.Snapshot.Tenant.Name, name, cancel) is { } wait)
        {
            ModelState.AddModelError("", TooManyTries.Refuse(HttpContext, wait, text));
            return Page();
        }
        var alike = Task.Delay(Always, time, cancel);
        if (await check.FindAsync(name) is { IsEnabled: true } user) await mails.SendResetAsync(user, cancel);
        await alike;
        IsSent = true;
        return Page();
    }
}
