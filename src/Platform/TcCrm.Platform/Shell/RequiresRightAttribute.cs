using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Shell;

/// <summary>The page needs this right on the record type of its address. Who may not even see the type gets 404, who may gets 403.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresRightAttribute(RecordRight right) : Attribute, IAuthorizationFilter
{
    public RecordRight Right => right;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var services = context.HttpContext.RequestServices;
        var (access, type) = (services.GetRequiredService<Access>(), services.GetRequiredService<RecordAddress>().Type);
        if (!access.May(RecordRight.View, type)) context.Result = new NotFoundResult();
        else if (!access.May(right, type)) context.Result = new StatusCodeResult(403);
    }
}
