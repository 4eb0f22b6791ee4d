using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>What follows from a provider's answer, once the framework has checked state, nonce, proof key and token.</summary>
static partial class ProviderAnswers
{
    public const string LinkTo = "crm.link";
    public const string Invited = "crm.invited";
    public const string Token = "crm.invitation";

    public static readonly OpenIdConnectEvents Events = new()
    {
        OnTicketReceived = ReceiveAsync,
        OnRemoteFailure = FailAsync,
        OnRedirectToIdentityProviderForSignOut = SignOutAtProvider.ShowToken,
        OnAccessDenied = denied =>
        {
            denied.HandleResponse();
            Refuse(denied.HttpContext, ProviderRefusal.Denied, denied.Properties);
            return Task.CompletedTask;
        },
    };

    static async Task ReceiveAsync(TicketReceivedContext ticket)
    {
        ticket.HandleResponse();
        var (http, properties) = (ticket.HttpContext, ticket.Properties!);
        var provider = http.Features.Get<SignInProvider>()!;
        var person = new ProviderPerson(provider, [.. ticket.Principal!.Claims]);
        var wish = new ArrivalWish(IdIn(properties, LinkTo), IdIn(properties, Invited), properties.GetString(Token));
        if (wish.LinkTo is { } me && http.RequestServices.GetRequiredService<CurrentUser>().Id != me)
        {
            Refuse(http, ProviderRefusal.Expired, properties);
            return;
        }
        var tenant = http.RequestServices.GetRequiredService<TenantContext>().Snapshot;
        var outcome = await http.RequestServices.GetRequiredService<TenantScopes>().RunAsync(tenant, inside => inside.GetRequiredService<ProviderArrival>().ArriveAsync(provider, person, wish, http.RequestAborted));
        if (outcome.User is not { } user) Refuse(http, outcome.Refusal!.Value, properties);
        else if (wish.LinkTo is not null) Go(http, "/account/linked");
        else await EnterAsync(http, provider, person, user, properties);
    }

    /// <summary>The second factor of this company is asked for unless the provider has proved one and counts for it.</summary>
    static async Task EnterAsync(HttpContext http, SignInProvider provider, ProviderPerson person, CrmUser user, AuthenticationProperties properties)
    {
        SignOutAtProvider.Remember(http, provider, properties.GetTokenValue(OpenIdConnectParameterNames.IdToken));
        var target = properties.RedirectUri is { } wanted && Links.IsLocal(wanted) ? wanted : http.Request.PathBase + "/";
        if (user.TwoFactorEnabled && !person.ProvedSecondFactor)
        {
            var handOver = http.RequestServices.GetRequiredService<HandOver>();
            HandOver.Give(http, SignInStage.Code, http.Request.PathBase, handOver.ProofFor(SignInStage.Code, user, remember: false));
            Go(http, SignInStage.Code.Path + QueryString.Create("returnUrl", target));
            return;
        }
        await Sessions.SignInAsync(http, user, remember: false, person.ProvedSecondFactor);
        http.Response.Redirect(target);
    }

    static Task FailAsync(RemoteFailureContext failure)
    {
        failure.HandleResponse();
        var provider = failure.HttpContext.Features.Get<SignInProvider>()!;
        Failed(failure.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProviderAnswers)), provider.Id, failure.Failure!);
        Refuse(failure.HttpContext, ReasonOf(failure.Failure!), failure.Properties);
        return Task.CompletedTask;
    }

    public static ProviderRefusal ReasonOf(Exception failure) => failure switch
    {
        OpenIdConnectProtocolException { Data: var data } when data["error"] is "invalid_client" or "unauthorized_client" => ProviderRefusal.WrongSecret,
        OpenIdConnectProtocolException or SecurityTokenException => ProviderRefusal.Invalid,
        HttpRequestException or TaskCanceledException or IOException => ProviderRefusal.Unreachable,
        InvalidOperationException { InnerException: not null } => ProviderRefusal.Unreachable, // the settings of the provider could not be read
        CryptographicException => ProviderRefusal.Invalid,
        _ => ProviderRefusal.Expired, // the state is unknown or older than the cookie that goes with it
    };

    public static void Refuse(HttpContext http, ProviderRefusal refusal, AuthenticationProperties? properties)
    {
        if (IdIn(properties, LinkTo) is not null && http.User.Identity?.IsAuthenticated == true) Go(http, "/account/linked" + QueryString.Create("refused", refusal.ToString()));
        else Go(http, "/sign-in" + QueryString.Create("refused", refusal.ToString()));
    }

    static void Go(HttpContext http, string path) => http.Response.Redirect(http.Request.PathBase + path);

    static Guid? IdIn(AuthenticationProperties? properties, string key) => Guid.TryParse(properties?.GetString(key), out var id) ? id : null;

    [LoggerMessage(LogLevel.Warning, "Nobody could be signed in by provider {Provider}.")]
    static partial void Failed(ILogger log, Guid provider, Exception failure);
}
