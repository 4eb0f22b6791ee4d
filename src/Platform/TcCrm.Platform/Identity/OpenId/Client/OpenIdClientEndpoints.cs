using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Permissions;
using TcCrm.Ui;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>To a provider and back. Plain delegates: those cost nothing at the start of a host that has no providers.</summary>
static class OpenIdClientEndpoints
{
    const string Provider = "provider";

    public static void MapOpenIdClient(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints.MapGet("/sign-in/with/{provider:guid}", (RequestDelegate)(http => StepAsync(http, SetOutAsync)))).AllowAnonymous();
        Map(endpoints.MapGet("/sign-in/from/{provider:guid}", (RequestDelegate)(http => StepAsync(http, ComeBackAsync)))).AllowAnonymous();
        Map(endpoints.MapGet("/sign-in/left/{provider:guid}", (RequestDelegate)(http => StepAsync(http, LeftAsync)))).AllowAnonymous();
        Map(endpoints.MapPost("/users/{user:guid}/linked/{provider:guid}", (RequestDelegate)UnlinkAsync)).RequirePermission(PlatformPermissions.ManageUsers);
    }

    static IEndpointConventionBuilder Map(IEndpointConventionBuilder endpoint) => endpoint.ExcludeFromDescription();

    static async Task StepAsync(HttpContext http, Func<HttpContext, SignInProvider, Task> step)
    {
        var providers = http.RequestServices.GetRequiredService<SignInProviders>();
        if (await providers.FindAsync(IdIn(http, Provider), http.RequestAborted) is not { IsEnabled: true } provider)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        http.Features.Set(provider);
        await step(http, provider);
    }

    static async Task SetOutAsync(HttpContext http, SignInProvider provider)
    {
        var wanted = http.Request.Query["returnUrl"].ToString();
        if (wanted.Length > 0 && !Links.IsLocal(wanted))
        {
            http.Response.Redirect(http.Request.PathBase + "/sign-in" + QueryString.Create("returnUrl", wanted)); // which refuses it and says why
            return;
        }
        var properties = new AuthenticationProperties { RedirectUri = wanted.Length > 0 ? wanted : http.Request.PathBase + "/" };
        if (http.Request.Query["user"].ToString() is { Length: > 0 } invited) (properties.Items[ProviderAnswers.Invited], properties.Items[ProviderAnswers.Token]) = (invited, http.Request.Query["token"]);
        await ChallengeAsync(http, provider, properties);
    }

    /// <summary>Leads to the provider, or back with the reason why that is not possible.</summary>
    public static async Task ChallengeAsync(HttpContext http, SignInProvider provider, AuthenticationProperties properties)
    {
        try
        {
            await (await HandlerAsync(http, provider)).ChallengeAsync(properties);
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException)
        {
            ProviderAnswers.Refuse(http, ProviderRefusal.Unreachable, properties);
        }
    }

    static async Task ComeBackAsync(HttpContext http, SignInProvider provider)
    {
        if (await http.RequestServices.GetRequiredService<SignInLimits>().WaitForTryAsync(TooManyTries.AddressOf(http), http.RequestAborted) is not null) ProviderAnswers.Refuse(http, ProviderRefusal.TooMany, null);
        else if (!await (await HandlerAsync(http, provider)).HandleRequestAsync()) http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    static async Task LeftAsync(HttpContext http, SignInProvider provider)
    {
        await (await HandlerAsync(http, provider)).HandleRequestAsync();
        if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status200OK }) http.Response.Redirect(http.Request.PathBase + "/sign-in");
    }

    static async Task<Microsoft.AspNetCore.Authentication.OpenIdConnect.OpenIdConnectHandler> HandlerAsync(HttpContext http, SignInProvider provider)
    {
        var services = http.RequestServices;
        return await services.GetRequiredService<ProviderHandlers>().ForAsync(http, provider, await services.GetRequiredService<SignInProviders>().RolesOfAsync(provider, http.RequestAborted));
    }

    /// <summary>By somebody who manages users.</summary>
    static async Task UnlinkAsync(HttpContext http)
    {
        var (services, user) = (http.RequestServices, IdIn(http, "user"));
        if (!await services.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var text = services.GetRequiredService<IText>();
        try
        {
            var roles = services.GetRequiredService<UserRights>();
            roles.RequireMayGive(await services.GetRequiredService<LinkedAccounts>().RolesOfAsync(user, http.RequestAborted));
            await services.GetRequiredService<LinkedAccounts>().UnlinkAsync(user, IdIn(http, Provider), http.RequestAborted);
            http.ToastAfterRedirect(new(text["The account is no longer linked."]));
        }
        catch (BusinessRuleException refused)
        {
            http.ToastAfterRedirect(new(refused.Text(text), "red"));
        }
        http.Response.Redirect($"{http.Request.PathBase}/users/{user}");
    }

    static Guid IdIn(HttpContext http, string name) => Guid.Parse((string)http.Request.RouteValues[name]!);
}
