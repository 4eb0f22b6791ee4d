using System.Net;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace TcCrm.Tests.Api;

/// <summary>The OpenAPI document of a tenant as a judge: an answer must have the shape that the document states for its address and status.</summary>
public sealed class ApiShape(JsonObject document)
{
    readonly Dictionary<string, JsonSchema> _schemas = [];

    public static async Task<ApiShape> ReadAsync(HttpClient client) => new(JsonNode.Parse(await client.GetStringAsync("api/v1/openapi.json"))!.AsObject());

    public async Task CheckAsync(HttpMethod method, string address, HttpStatusCode status, string body)
    {
        var parts = address.Split('?')[0].Split('/');
        var path = "/" + parts[0] + (parts.Length == 1 ? "" : parts[1] is "bulk" or "query" or "changes" ? "/" + parts[1] : "/{key}");
        if (document["paths"]![path]?[method.Method.ToLowerInvariant()] is not { } operation) return; // a type that the caller may not see
        var responses = operation["responses"]!;
        var response = responses[((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture)] ?? responses["default"]!;
        if (response["content"]?.AsObject().First().Value!["schema"]!["$ref"]?.GetValue<string>() is not { } reference)
        {
            Assert.Empty(body);
            return;
        }
        var errors = (await SchemaAsync(reference)).Validate(body);
        Assert.True(errors.Count == 0, $"{method} {address} {status}: {string.Join("; ", errors)}\n{body}");
    }

    async Task<JsonSchema> SchemaAsync(string reference)
    {
        if (_schemas.TryGetValue(reference, out var known)) return known;
        var schema = new JsonObject { ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = reference }), ["definitions"] = document["components"]!["schemas"]!.DeepClone() };
        return _schemas[reference] = await JsonSchema.FromJsonAsync(schema.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));
    }
}
