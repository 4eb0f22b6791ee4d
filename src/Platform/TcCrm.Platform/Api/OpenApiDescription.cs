using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Api;

/// <summary>The OpenAPI 3.1 document of the tenant, made from its catalogue: the types that the caller may see and nothing else.</summary>
static class OpenApiDescription
{
    public static IResult GetAsync(HttpContext http, TenantContext tenant, Access access, IText text)
    {
        var types = access.Types.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        return Results.Text(Document(types, text, $"{http.Request.PathBase}/api/v1", tenant.Snapshot.Settings.SiteName).ToJsonString(), "application/json");
    }

    static JsonObject Document(IReadOnlyList<RecordType> types, IText text, string server, string title) => new()
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject { ["title"] = $"{title} API", ["version"] = "1" },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = server }),
        ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
        ["tags"] = new JsonArray([.. types.Select(t => new JsonObject { ["name"] = t.Name, ["description"] = text[t.Name] })]),
        ["paths"] = new JsonObject(types.SelectMany(OpenApiPaths.Of)),
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            ["schemas"] = new JsonObject(types.SelectMany(t => OpenApiSchemas.Of(t, text)).Concat(OpenApiSchemas.Shared())),
        },
    };
}
