using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Account;

/// <summary>Says the same whether there is such a user or not.</summary>
[AllowAnonymous]
public sealed class ForgotModel(UserManager<CrmUser> users, PasswordMails mails, SignInLimits limits, TenantContext tenant, IText text) : PageModel
{
    [BindProperty] public string? Name { get; set; }

    public bool IsSent { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var name = Name?.Trim() ?? "";
        if (!limits.Allow(HttpContext.Connection.RemoteIpAddress?.ToString() ?? "", tenant.Snapshot.Tenant.Name + "/forgot", name))
        {
            ModelState.AddModelError("", text["There were too many tries from here. Wait a few minutes."]);
            return Page();
        }
        var user = await users.FindByNameAsync(name) ?? (name.Contains('@', StringComparison.Ordinal) ? await users.FindByEmailAsync(name) : null);
        if (user is { IsEnabled: true }) await mails.SendResetAsync(user, cancel);
        IsSent = true;
        return Page();
    }
}
