using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Pages.Errors;
using TcCrm.Ui;

namespace TcCrm.Platform.Permissions;

/// <summary>How a door answers whom it does not let in: programs get problem details, people the sign-in page or the status page.</summary>
static class Refusals
{
    public static bool IsForPrograms(HttpContext http) => http.Request.Path.StartsWithSegments("/api");

    public static Task AskToSignInAsync(HttpContext http)
    {
        if (IsForPrograms(http) && !IsApiPage(http))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return ProblemAsync(http, StatusCodes.Status401Unauthorized, "Sign in, or send a valid API key.");
        }
        return GoTo(http, "/sign-in" + QueryString.Create("returnUrl", Wanted(http)));
    }

    /// <summary>The page to try the API out lies among its addresses but is for people.</summary>
    static bool IsApiPage(HttpContext http) => http.Request.Path.StartsWithSegments("/api/docs");

    public static Task DenyAsync(HttpContext http)
    {
        if (IsForPrograms(http)) return ProblemAsync(http, StatusCodes.Status403Forbidden, "You do not have permission for this.");
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>403 with a reason of its own.</summary>
    public static Task StepAsync(HttpContext http, string key)
    {
        if (IsForPrograms(http)) return ProblemAsync(http, StatusCodes.Status403Forbidden, key);
        var reason = http.RequestServices.GetRequiredService<IText>()[key];
        if (http.Request.Headers.ContainsKey("HX-Request")) http.ToastNow(new(reason, "red"));
        http.Features.Set(new RefusedStep(reason));
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public static Task ProblemAsync(HttpContext http, int status, string key, params object?[] args) =>
        Results.Problem(statusCode: status, detail: http.RequestServices.GetRequiredService<IText>()[key, args]).ExecuteAsync(http);

    /// <summary>A page asked for by htmx cannot follow a redirect into another page; it is told to go there itself.</summary>
    public static Task GoTo(HttpContext http, string address)
    {
        var complete = http.Request.PathBase + address;
        if (http.Request.Headers.ContainsKey("HX-Request"))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers["HX-Redirect"] = complete;
        }
        else
        {
            http.Response.Redirect(complete);
        }
        return Task.CompletedTask;
    }

    /// <summary>The page to come back to. What was posted is lost, so the page it came from is the better place.</summary>
    static string Wanted(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) && !http.Request.Headers.ContainsKey("HX-Request"))
            return http.Request.PathBase + http.Request.Path + http.Request.QueryString;
        return Uri.TryCreate(http.Request.Headers.Referer.ToString(), UriKind.Absolute, out var from) && from.Authority == http.Request.Host.Value && Links.IsLocal(from.PathAndQuery)
            ? from.PathAndQuery
            : http.Request.PathBase + "/";
    }
}
