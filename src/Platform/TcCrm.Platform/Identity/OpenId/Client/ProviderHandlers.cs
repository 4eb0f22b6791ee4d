using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>
/// The framework's OpenID Connect for one provider of one tenant. It is no scheme of the host: providers come and go with rows of tenants, so the
/// options are made when one is first used, and a host whose tenants have none pays nothing.
/// </summary>
public sealed class ProviderHandlers(ProviderHttp http, ProviderSecrets secrets, IDataProtectionProvider protection, ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>Claims that are of use besides those that give roles.</summary>
    static readonly string[] AboutPersons = ["name", "preferred_username", "email", "email_verified"];
    readonly ConcurrentDictionary<(string Tenant, Guid Provider), (DateTime Of, OpenIdConnectOptions Options)> _made = new();

    public static string CallbackOf(SignInProvider provider) => $"/sign-in/from/{provider.Id}";

    public async Task<OpenIdConnectHandler> ForAsync(HttpContext context, SignInProvider provider, IEnumerable<ProviderRole> roles)
    {
        var handler = new OpenIdConnectHandler(new Fixed(OptionsOf(provider, roles)), loggers, HtmlEncoder.Default, UrlEncoder.Default);
        await handler.InitializeAsync(new AuthenticationScheme(provider.Id.ToString("N"), provider.Name, typeof(OpenIdConnectHandler)), context);
        return handler;
    }

    OpenIdConnectOptions OptionsOf(SignInProvider provider, IEnumerable<ProviderRole> roles)
    {
        var key = (AmbientTenant.Name!, provider.Id);
        if (_made.TryGetValue(key, out var known) && known.Of == provider.ChangedAt) return known.Options;
        var options = Make(provider, roles);
        new OpenIdConnectPostConfigureOptions(protection).PostConfigure(provider.Id.ToString("N"), options);
        return (_made[key] = (provider.ChangedAt, options)).Options;
    }

    OpenIdConnectOptions Make(SignInProvider provider, IEnumerable<ProviderRole> roles)
    {
        var options = new OpenIdConnectOptions
        {
            Authority = provider.Authority,
            ClientId = provider.ClientId,
            ClientSecret = secrets.Read(provider.ClientSecret),
            ResponseType = OpenIdConnectResponseType.Code,
            ResponseMode = OpenIdConnectResponseMode.Query, // comes back as a plain link, so that cookies need not go along with foreign forms
            CallbackPath = CallbackOf(provider),
            SignedOutCallbackPath = $"/sign-in/left/{provider.Id}",
            SignedOutRedirectUri = "/sign-in",
            SignInScheme = IdentityConstants.ApplicationScheme,
            Backchannel = http.Client,
            RequireHttpsMetadata = !http.AllowsHttp,
            GetClaimsFromUserInfoEndpoint = true,
            MapInboundClaims = false,
            SaveTokens = true, // within this request only: the id token is shown when signing out
            TimeProvider = time,
            Events = ProviderAnswers.Events,
        };
        options.Scope.Clear();
        foreach (var scope in ProviderForm.Words(provider.Scopes)) options.Scope.Add(scope);
        options.ClaimActions.Clear();
        foreach (var claim in AboutPersons.Concat(roles.Select(r => r.Claim).OfType<string>()).Distinct()) options.ClaimActions.MapJsonKey(claim, claim);
        foreach (var cookie in new[] { options.NonceCookie, options.CorrelationCookie }) (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        return options;
    }

    sealed class Fixed(OpenIdConnectOptions options) : IOptionsMonitor<OpenIdConnectOptions>
    {
        public OpenIdConnectOptions CurrentValue => options;
        public OpenIdConnectOptions Get(string? name) => options;
        public IDisposable? OnChange(Action<OpenIdConnectOptions, string?> listener) => null;
    }
}
