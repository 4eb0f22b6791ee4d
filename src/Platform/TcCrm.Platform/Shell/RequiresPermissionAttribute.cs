using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Shell;

/// <summary>The page is for signed-in users with this permission; others sign in first or get 403.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPermissionAttribute(string permission) : Attribute, IAuthorizationFilter
{
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (!services.GetRequiredService<CurrentUser>().IsSignedIn) context.Result = new ChallengeResult();
        else if (!services.GetRequiredService<Access>().May(permission)) context.Result = new StatusCodeResult(403);
    }
}
