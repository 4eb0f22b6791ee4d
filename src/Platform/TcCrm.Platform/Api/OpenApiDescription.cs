using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Api;

/// <summary>The OpenAPI 3.1 document of the tenant, made from its catalogue: the types that the caller may see and nothing else.</summary>
static class OpenApiDescription
{
    public static IResult GetAsync(HttpContext http, TenantContext tenant, ITenantCatalogue catalogue, Access access, IText text)
    {
        var types = access.Types.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var document = Document(types, text, $"{http.Request.PathBase}/api/v1", tenant.Snapshot.Settings.SiteName);
        foreach (var module in catalogue.Of<IApiDescription>()) Add(document, module, $"{http.Request.PathBase}/api");
        return Results.Text(document.ToJsonString(), "application/json");
    }

    static void Add(JsonObject document, IApiDescription module, string root)
    {
        foreach (var (path, operations) in module.Paths(root)) document["paths"]![path] = operations;
        foreach (var (name, schema) in module.Schemas()) document["components"]!["schemas"]![name] = schema;
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
