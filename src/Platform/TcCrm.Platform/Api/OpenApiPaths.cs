using System.Text.Json.Nodes;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Api;

/// <summary>Paths of the OpenAPI document: the same six addresses for every record type.</summary>
static class OpenApiPaths
{
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(RecordType type)
    {
        var (root, record, list) = ("/" + type.Name, type.Name, OpenApiSchemas.ListOf(type));
        yield return new(root, new JsonObject
        {
            ["get"] = Operation(type, "list", Answers("200", list), null, [.. ListParameters()]),
            ["post"] = Operation(type, "create", Answers("201", record, "400", "403", "409"), OpenApiSchemas.InputOf(type), Header("Idempotency-Key")),
        });
        yield return new(root + "/query", new JsonObject { ["post"] = Operation(type, "query", Answers("200", list), "*") });
        yield return new(root + "/bulk", new JsonObject { ["post"] = Operation(type, "bulk", Answers("200", "bulkResult", "400", "409"), "*", Header("Idempotency-Key")) });
        yield return new(root + "/changes", new JsonObject { ["get"] = Operation(type, "changes", Answers("200", "changes"), null, Query("since", "string"), Query("size", "integer")) });
        yield return new(root + "/{key}", new JsonObject
        {
            ["get"] = Operation(type, "get", Answers("200", record, "404"), null, Key()),
            ["patch"] = Operation(type, "update", Answers("200", record, "400", "403", "404", "409", "412"), OpenApiSchemas.InputOf(type), Key(), Header("If-Match"), Header("Idempotency-Key")),
            ["delete"] = Operation(type, "delete", Answers("204", null, "403", "404", "409", "412"), null, Key(), Header("If-Match"), Header("Idempotency-Key")),
        });
    }

    static JsonObject Operation(RecordType type, string verb, JsonObject responses, string? body, params JsonNode?[] parameters)
    {
        var operation = new JsonObject { ["operationId"] = $"{type.Name}.{verb}", ["tags"] = new JsonArray(type.Name), ["responses"] = responses };
        if (parameters.Length > 0) operation["parameters"] = new JsonArray(parameters);
        if (body is not null) operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(body == "*" ? new JsonObject { ["type"] = "object" } : OpenApiSchemas.Ref(body)) };
        return operation;
    }

    static JsonObject Answers(string good, string? schema, params string[] problems)
    {
        var answers = new JsonObject { [good] = new JsonObject { ["description"] = "OK" } };
        if (schema is not null) answers[good]!["content"] = Json(OpenApiSchemas.Ref(schema));
        foreach (var status in problems.Append("default"))
            answers[status] = new JsonObject { ["description"] = "Problem", ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = OpenApiSchemas.Ref("problem") } } };
        return answers;
    }

    static IEnumerable<JsonNode> ListParameters() =>
    [
        Query("filter", "array"), Query("q", "string"), Query("sort", "string"), Query("after", "string"), Query("size", "integer"), Query("fields", "string"),
    ];

    static JsonObject Key() => new() { ["name"] = "key", ["in"] = "path", ["required"] = true, ["description"] = "Id or number", ["schema"] = new JsonObject { ["type"] = "string" } };
    static JsonObject Header(string name) => new() { ["name"] = name, ["in"] = "header", ["schema"] = new JsonObject { ["type"] = "string" } };

    static JsonObject Query(string name, string type)
    {
        var schema = new JsonObject { ["type"] = type };
        if (type == "array") schema["items"] = new JsonObject { ["type"] = "string", ["examples"] = new JsonArray("name:starts:A") };
        return new() { ["name"] = name, ["in"] = "query", ["schema"] = schema };
    }

    static JsonObject Json(JsonNode schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };
}
