using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Identity;

namespace TcCrm.Platform.Permissions;

/// <summary>Marks the few pages that work before a forced change of the password is done.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BeforePasswordChangeAttribute : Attribute;

/// <summary>Marks the page that works before a second factor, which a role asks for, is set up.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BeforeSecondFactorAttribute : Attribute;

/// <summary>Stands at every door after the permissions have been checked.</summary>
sealed class Doorkeeper(IAntiforgery antiforgery) : IAuthorizationMiddlewareResultHandler
{
    readonly AuthorizationMiddlewareResultHandler _usual = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (context.GetEndpoint() is not { } endpoint)
            await next(context); // an address that does not exist is not found, signed in or not
        else if (!authorizeResult.Succeeded)
            await _usual.HandleAsync(next, context, policy, authorizeResult);
        else if (context.User.MustChangePassword() && endpoint.Metadata.GetMetadata<BeforePasswordChangeAttribute>() is null)
            await SendToAsync(context, "/account/password", "Change your password first.");
        else if (context.User.MustEnrolSecondFactor() && !context.User.MustChangePassword() && endpoint.Metadata.GetMetadata<BeforeSecondFactorAttribute>() is null)
            await SendToAsync(context, "/account/second-factor", "Set up your second factor first.");
        else if (await IsForgedAsync(context))
            await Refusals.ProblemAsync(context, StatusCodes.Status400BadRequest, "A browser that writes through the API must send the antiforgery token.");
        else
            await next(context);
    }

    static Task SendToAsync(HttpContext http, string page, string problem) =>
        Refusals.IsForPrograms(http) ? Refusals.ProblemAsync(http, StatusCodes.Status403Forbidden, problem) : Refusals.GoTo(http, page);

    /// <summary>Pages check their forms themselves. In the API a key proves who asks; a cookie is sent by the browser whoever made the request.</summary>
    async Task<bool> IsForgedAsync(HttpContext http) =>
        Refusals.IsForPrograms(http) && !IsSafe(http.Request.Method) && !http.User.IsProgram() && !await antiforgery.IsRequestValidAsync(http);

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
