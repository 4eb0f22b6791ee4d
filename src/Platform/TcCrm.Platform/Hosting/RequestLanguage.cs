using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Hosting;

/// <summary>The language of a request: the user's choice (cookie), for the API <c>Accept-Language</c>, else the tenant's own.</summary>
public static class RequestLanguage
{
    public const string Cookie = "tc_lang";

    public static IApplicationBuilder UseRequestLanguage(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Of(context);
        await next(context);
    });

    static CultureInfo Of(HttpContext context)
    {
        var asked = context.Request.Path.StartsWithSegments("/api") ? context.Request.Headers.AcceptLanguage.ToString().Split([',', ';'])[0] : context.Request.Cookies[Cookie];
        return Known(asked) ?? Known(context.Features.Get<TenantSnapshot>()?.Settings.Language) ?? Known(context.Request.Headers.AcceptLanguage.ToString().Split([',', ';'])[0]) ?? TextCatalog.Languages[0];
    }

    static CultureInfo? Known(string? tag) =>
        string.IsNullOrEmpty(tag) ? null : TextCatalog.Languages.FirstOrDefault(l => tag.StartsWith(l.TwoLetterISOLanguageName, StringComparison.OrdinalIgnoreCase));
}
