using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

static class ForeignAddress
{
    /// <summary>A link that would lead to another site after signing in was made by somebody else to deceive: nothing is tried, and the page says why.</summary>
    public static bool RefusesForeign(this PageModel page, string? returnUrl, IText text)
    {
        if (string.IsNullOrEmpty(returnUrl) || Links.IsLocal(returnUrl)) return false;
        page.ModelState.Clear();
        page.ModelState.SetModelValue("ReturnUrl", "", "");
        page.ModelState.AddModelError("", text["The link that brought you here leads to another site afterwards. Open the sign-in page anew, without that link."]);
        page.Response.StatusCode = StatusCodes.Status400BadRequest;
        return true;
    }
}
