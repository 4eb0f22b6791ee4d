using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

[NotWhileViewing]
public sealed class IndexModel(UserManager<CrmUser> users, UserSessions sessions, TenantContext tenant, IText text) : PageModel
{
    [BindProperty] public string? DisplayName { get; set; }
    [BindProperty] public string? Language { get; set; }

    public string? UserName { get; private set; }
    public string? Email { get; private set; }
    public bool HasSecondFactor { get; private set; }
    public SessionList Sessions { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        (DisplayName, Language) = (user.DisplayName, user.Language);
        await LoadAsync(user, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        await LoadAsync(user, cancel);
        (user.DisplayName, user.Language) = (DisplayName?.Trim() ?? "", Language is "zh-CN" or "en" ? Language : null);
        if (ModelState.Add(UserChecks.ProblemsOf(user), text)) return Page();
        if (ModelState.Add((await users.UpdateAsync(user)).Problems(), text)) return Page();
        KeepLanguage(user.Language);
        HttpContext.ToastAfterRedirect(new(text["Saved"]));
        return RedirectToPage();
    }

    public Task<IActionResult> OnPostEndSessionAsync(Guid session, CancellationToken cancel) => EndAsync(user => sessions.EndAsync(user, session, cancel));

    public Task<IActionResult> OnPostEndSessionsAsync(CancellationToken cancel) => EndAsync(user => sessions.EndAllAsync(user, User.SessionId(), cancel));

    async Task<IActionResult> EndAsync(Func<Guid, Task<int>> step)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        await step(user.Id);
        HttpContext.ToastAfterRedirect(new(text["Signed out there."]));
        return RedirectToPage(new { handler = (string?)null });
    }

    async Task LoadAsync(CrmUser user, CancellationToken cancel)
    {
        (UserName, Email, HasSecondFactor) = (user.UserName, user.Email, user.TwoFactorEnabled);
        Sessions = new(await sessions.OfAsync(user.Id, cancel), User.SessionId(), $"{Request.PathBase}/account", tenant.Snapshot.Settings.Zone);
    }

    void KeepLanguage(string? language)
    {
        var options = new CookieOptions { Path = Request.PathBase.HasValue ? Request.PathBase.Value : "/", MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, IsEssential = true };
        if (language is null) Response.Cookies.Delete(RequestLanguage.Cookie, options);
        else Response.Cookies.Append(RequestLanguage.Cookie, language, options);
    }
}
