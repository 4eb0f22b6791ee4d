using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Identity;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

public sealed class IndexModel(UserManager<CrmUser> users, IText text) : PageModel
{
    [BindProperty] public string? DisplayName { get; set; }
    [BindProperty] public string? Language { get; set; }

    public string? UserName { get; private set; }
    public string? Email { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        (DisplayName, Language, UserName, Email) = (user.DisplayName, user.Language, user.UserName, user.Email);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        (UserName, Email) = (user.UserName, user.Email);
        (user.DisplayName, user.Language) = (DisplayName?.Trim() ?? "", Language is "zh-CN" or "en" ? Language : null);
        if (ModelState.Add(UserChecks.ProblemsOf(user), text)) return Page();
        if (ModelState.Add((await users.UpdateAsync(user)).Problems(), text)) return Page();
        KeepLanguage(user.Language);
        HttpContext.ToastAfterRedirect(new(text["Saved"]));
        return RedirectToPage();
    }

    void KeepLanguage(string? language)
    {
        var options = new CookieOptions { Path = Request.PathBase.HasValue ? Request.PathBase.Value : "/", MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, IsEssential = true };
        if (language is null) Response.Cookies.Delete(RequestLanguage.Cookie, options);
        else Response.Cookies.Append(RequestLanguage.Cookie, language, options);
    }
}
