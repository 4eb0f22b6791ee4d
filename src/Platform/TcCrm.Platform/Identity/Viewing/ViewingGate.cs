using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Identity;

/// <summary>Whoever looks as somebody else reads, and does nothing more, whatever the door. Behind it stands the write gate of the database.</summary>
static class ViewingGate
{
    /// <summary>After the permissions, which come first: what the other may not open is not said to be closed for another reason.</summary>
    public static void UseViewingGate(this IApplicationBuilder app) => app.Use((http, next) =>
        http.User.Identity is ClaimsIdentity { Actor: not null } && http.GetEndpoint() is { } door && IsClosed(http.Request, door.Metadata) ? Refusals.StepAsync(http, ViewAs.Refusal) : next(http));

    static bool IsClosed(HttpRequest request, EndpointMetadataCollection door) =>
        door.GetMetadata<WhileViewingAttribute>() is null && (!IsSafe(request.Method) || door.GetMetadata<NotWhileViewingAttribute>()?.Covers(request.Query["handler"]) == true);

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
