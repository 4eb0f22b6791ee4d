using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace TcCrm.Platform.Permissions;

/// <summary>
/// Who may come in by a door. Nothing is open by omission: every page and endpoint asks for a signed-in user unless it says otherwise.
/// <list type="bullet">
/// <item>A page: <c>[Permission(PlatformPermissions.ManageUsers)]</c> on the page model, or <c>@attribute [Permission("…")]</c>.</item>
/// <item>An endpoint: <c>endpoints.MapGet(…).RequirePermission("…")</c>; the same on a group.</item>
/// <item>Open to everybody: <c>[AllowAnonymous]</c>, <c>.AllowAnonymous()</c>.</item>
/// <item>What depends on the record type or on data: inject <see cref="Access"/>, ask <c>May(…)</c>, and answer <c>Forbid()</c> or <c>NotFound()</c>.</item>
/// </list>
/// Not signed in: pages lead to the sign-in page, <c>/api</c> answers 401. Not permitted: 403. In <c>/api</c> both are problem details.
/// Several attributes must all be fulfilled.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class PermissionAttribute(string name) : Attribute, IAuthorizationRequirementData, IAuthorizationRequirement
{
    public string Name { get; } = name;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

public static class PermissionEndpoints
{
    public static T RequirePermission<T>(this T endpoint, string permission) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new PermissionAttribute(permission));
}

sealed class PermissionCheck(Access access) : AuthorizationHandler<PermissionAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionAttribute requirement)
    {
        if (access.May(requirement.Name)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
