using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TcCrm.Platform.Identity;

static class ViewingEndpoints
{
    /// <summary><c>POST /account/viewing/end</c>: the viewer is themselves again.</summary>
    public static void MapViewing(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/account/viewing/end", EndAsync).WithMetadata(new WhileViewingAttribute()).ExcludeFromDescription();

    static async Task<IResult> EndAsync(HttpContext http, IAntiforgery antiforgery, CurrentUser user, ViewAs viewAs)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
        await viewAs.EndAsync(user, http.RequestAborted);
        return Results.LocalRedirect($"{http.Request.PathBase}/");
    }
}
