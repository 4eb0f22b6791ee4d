using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;
using TcCrm.Platform.Api;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;

namespace TcCrm.Contents.Api;

/// <summary>Content items at Orchard Core's address and in its JSON. The version that was read is the <c>ETag</c>; a write with <c>If-Match</c> changes that one or none.</summary>
static class ContentApi
{
    public const int MostBytes = 4 * 1024 * 1024;

    public static void MapContentApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapModuleApi("/api/content").RequirePermission(ContentPermissions.AccessApi);
        api.MapGet("/", ContentList.GetAsync);
        api.MapGet("/{contentItemId}", GetAsync);
        var writes = api.MapIdempotentWrites();
        writes.MapPost("/", PostAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        writes.MapDelete("/{contentItemId}", DeleteAsync);
    }

    static async Task<IResult> GetAsync(string contentItemId, bool? draft, bool? latest, HttpContext http, ContentStore store, ContentAccess access, CancellationToken cancel)
    {
        var newest = draft == true || latest == true;
        var item = newest ? await store.LatestAsync(contentItemId, cancel) : await store.PublishedAsync(contentItemId, cancel);
        if (item is null || !access.May(ContentRight.View, item)) return NotFound(http, contentItemId);
        return newest && !item.Published && !access.May(ContentRight.Edit, item) ? Forbidden(http) : Item(http, item);
    }

    static async Task<IResult> PostAsync(bool? draft, HttpContext http, ContentStore store, ContentDefinitions definitions, ContentAccess access, CancellationToken cancel)
    {
        if (http.Request.ContentLength > MostBytes) return ModuleApi.Problem(http, StatusCodes.Status413PayloadTooLarge, "A content item has {0} bytes at most.", MostBytes);
        var given = await ModuleApi.ReadObjectAsync(http.Request, cancel);
        var problems = ContentJson.Problems(given).ToList();
        if (problems.Count > 0) return ModuleApi.Invalid(http, problems);
        var id = ContentJson.Text(given, "ContentItemId") ?? ContentIds.New();
        var present = await store.LatestAsync(id, cancel);
        var type = ContentJson.Text(given, "ContentType") ?? present?.ContentType;
        if (type is null) return ModuleApi.Invalid(http, [new("ContentType", "Fill in this field.")]);
        var right = draft == true ? ContentRight.Edit : ContentRight.Publish;
        if (!(present is null ? access.MayOwn(right, type) : access.May(right, present))) return Forbidden(http);
        if (present is null && !await definitions.HasTypeAsync(type, cancel)) return ModuleApi.Invalid(http, [new("ContentType", "There is no content type '{0}'.", type)]);
        var saved = await store.SaveAsync(id, type, given, draft == true, VersionOf(http.Request), cancel);
        return saved is null ? ModuleApi.Problem(http, StatusCodes.Status412PreconditionFailed, "The record has been changed meanwhile. Read it again and repeat your change.") : Item(http, saved);
    }

    /// <summary>What is not there needs no deleting: 204, as Orchard Core answers.</summary>
    static async Task<IResult> DeleteAsync(string contentItemId, HttpContext http, ContentStore store, ContentAccess access, CancellationToken cancel)
    {
        if (await store.LatestAsync(contentItemId, cancel) is not { } item) return access.MayAll(ContentRight.Delete) ? Results.NoContent() : NotFound(http, contentItemId);
        if (!access.May(ContentRight.Delete, item)) return access.May(ContentRight.View, item) ? Forbidden(http) : NotFound(http, contentItemId);
        return await store.DeleteAsync(item, cancel) ? Item(http, item) : Results.NoContent();
    }

    static string? VersionOf(HttpRequest request) => request.Headers.IfMatch.ToString() is { Length: > 0 } version and not "*" ? version.Trim('"') : null;

    static IResult Item(HttpContext http, ContentItem item)
    {
        http.Response.Headers.ETag = $"\"{Uri.EscapeDataString(item.ContentItemVersionId)}\"";
        return Results.Text(item.ToJson(), "application/json", Encoding.UTF8);
    }

    static IResult NotFound(HttpContext http, string id) => ModuleApi.Problem(http, StatusCodes.Status404NotFound, "There is no content item '{0}'.", id);

    internal static IResult Forbidden(HttpContext http) => ModuleApi.Problem(http, StatusCodes.Status403Forbidden, "You may not do this.");
}
