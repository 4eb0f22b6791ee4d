using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

/// <summary>How a posted form is answered, for htmx and for plain browsers.</summary>
public static class FormAnswers
{
    public static bool IsHtmx(this PageModel page) => page.Request.Headers.ContainsKey("HX-Request");

    /// <summary>On to another page. htmx is told the address: it would put the page it is redirected to into the form's place.</summary>
    public static IActionResult Done(this PageModel page, string href, Toast? toast = null)
    {
        if (toast is not null) page.HttpContext.ToastAfterRedirect(toast);
        var complete = Links.Resolve(page.HttpContext, href);
        if (!page.IsHtmx()) return new RedirectResult(complete);
        page.Response.Headers["HX-Redirect"] = complete;
        return new NoContentResult();
    }

    /// <summary>The form once more: 422 and the part alone for htmx, else the whole page.</summary>
    public static IActionResult Refused(this PageModel page, string partial, object model)
    {
        if (!page.IsHtmx()) return page.Page();
        page.Response.StatusCode = 422;
        return page.Partial(partial, model);
    }
}
