using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace TcCrm.Ui;

/// <summary>The language somebody chose on the screen; the next provider answers where nothing was chosen.</summary>
public sealed class LanguageCookie : RequestCultureProvider
{
    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
        Task.FromResult(UiPreferences.Of(httpContext.Request).Language is { } language ? new ProviderCultureResult(language) : null);
}
