using Microsoft.AspNetCore.Http;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>A form of ours may lead nowhere else, not even by redirects that follow it: whoever comes from one gets a page that goes on by itself.</summary>
static class FormExit
{
    /// <summary>When the page that led here is one of ours, and so perhaps a form.</summary>
    public static void FromOwnPage(HttpContext http)
    {
        if (Uri.TryCreate(http.Request.Headers.Referer.ToString(), UriKind.Absolute, out var from) && from.Authority == http.Request.Host.Value) WithoutRedirect(http);
    }

    public static void WithoutRedirect(HttpContext http) => http.Response.OnStarting(() =>
    {
        if (http.Response is not { StatusCode: StatusCodes.Status302Found, Headers.Location: [{ } target] } response) return Task.CompletedTask;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers.Remove("Location");
        response.Headers["Refresh"] = "0;url=" + target;
        return Task.CompletedTask;
    });
}
