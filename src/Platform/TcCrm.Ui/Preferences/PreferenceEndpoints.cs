using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TcCrm.Ui;

public static class PreferenceEndpoints
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary><c>POST /preferences</c> with any of <c>theme</c>, <c>density</c>, <c>lang</c>, <c>nav</c>; leads back to the page it came from.</summary>
    public static IEndpointConventionBuilder MapPreferences(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/preferences", SaveAsync).AllowAnonymous().ExcludeFromDescription();

    static async Task<IResult> SaveAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var chosen = UiPreferences.Choices.Keys.Where(form.ContainsKey).ToDictionary(name => name, name => form[name].ToString());
        if (chosen.Count == 0 || chosen.Any(each => !UiPreferences.Choices[each.Key].Contains(each.Value)))
            return Results.BadRequest();
        foreach (var (name, value) in chosen)
            http.Response.Cookies.Append(UiPreferences.Cookie(name), value, Options(http.Request));
        return http.Request.Headers.ContainsKey("HX-Request") ? Results.NoContent() : Results.LocalRedirect(Back(http.Request));
    }

    /// <summary>Of a cookie that keeps a choice of this browser, within the tenant.</summary>
    public static CookieOptions Options(HttpRequest request) => new()
    {
        Path = request.PathBase.HasValue ? request.PathBase.Value : "/",
        MaxAge = Kept,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        HttpOnly = true,
        IsEssential = true,
    };

    /// <summary>The page that a form came from, if it is one of ours.</summary>
    public static string Back(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var from)
            && from.Authority == request.Host.Value && Links.IsLocal(from.PathAndQuery)
            ? from.PathAndQuery
            : request.PathBase + "/";
}
