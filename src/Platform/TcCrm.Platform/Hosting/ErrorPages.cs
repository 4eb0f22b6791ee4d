using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Hosting;

/// <summary>Answers without content get one: problem details for programs, a page in the user's language for people.</summary>
public static class ErrorPages
{
    /// <summary>After the tenant and the language are known, before routing.</summary>
    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseWhen(IsForPrograms, api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
        app.UseWhen(http => !IsForPrograms(http), pages =>
        {
            pages.UseExceptionHandler("/status/500");
            pages.UseStatusCodePagesWithReExecute("/status/{0}");
        });
        app.Use((http, next) =>
        {
            if (http.Features.Get<TenantTrouble>() is null || http.Request.Path.StartsWithSegments("/status")) return next(http);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "30";
            return Task.CompletedTask;
        });
    }

    static bool IsForPrograms(HttpContext http) => http.Request.Path.StartsWithSegments("/api");
}
