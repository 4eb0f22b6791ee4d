using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>Signing out here also signs out at the provider, when it offers that. Which one, and the token that it wants to see again, lie in a cookie that only the sign-out gets.</summary>
public sealed class SignOutAtProvider(SignInProviders providers, ProviderHandlers handlers) : ISignOutElsewhere
{
    const string Name = "crm.provider";
    const string Purpose = "TcCrm.SignOutAtProvider";
    static readonly ChunkingCookieManager Cookies = new();

    public static void Remember(HttpContext http, SignInProvider provider, string? token)
    {
        var kept = Protector(http).Protect(JsonSerializer.Serialize(new SignedInBy(provider.Id, token)));
        Cookies.AppendResponseCookie(http, Name, kept, Options(http));
    }

    public async Task<bool> LeaveAsync(HttpContext http)
    {
        var by = Read(http);
        Cookies.DeleteCookie(http, Name, Options(http));
        if (by is null || await providers.FindAsync(by.Provider, http.RequestAborted) is not { IsEnabled: true } provider) return false;
        var handler = await handlers.ForAsync(http, provider, await providers.RolesOfAsync(provider, http.RequestAborted));
        if (!await OffersItAsync(handler, http.RequestAborted)) return false;
        http.Features.Set(by);
        await handler.SignOutAsync(new AuthenticationProperties());
        FormExit.WithoutRedirect(http);
        return true;
    }

    internal static Task ShowToken(RedirectContext context)
    {
        var message = context.ProtocolMessage;
        (message.IdTokenHint, message.ClientId) = (context.HttpContext.Features.Get<SignedInBy>()?.Token, context.Options.ClientId);
        return Task.CompletedTask;
    }

    /// <summary>A provider that cannot be reached keeps nobody from signing out here.</summary>
    static async Task<bool> OffersItAsync(OpenIdConnectHandler handler, CancellationToken cancel)
    {
        try
        {
            return await handler.Options.ConfigurationManager!.GetConfigurationAsync(cancel) is { EndSessionEndpoint.Length: > 0 };
        }
        catch (Exception unreachable) when (unreachable is InvalidOperationException or HttpRequestException or IOException)
        {
            return false;
        }
    }

    static SignedInBy? Read(HttpContext http)
    {
        try
        {
            return Cookies.GetRequestCookie(http, Name) is { Length: > 0 } sent ? JsonSerializer.Deserialize<SignedInBy>(Protector(http).Unprotect(sent)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static IDataProtector Protector(HttpContext http) => http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose);

    static CookieOptions Options(HttpContext http) => new() { Path = http.Request.PathBase + "/sign-out", HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true };

    sealed record SignedInBy(Guid Provider, string? Token);
}
