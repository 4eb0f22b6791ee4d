using System.Text.Json.Nodes;
using TcCrm.Contents.Items;
using TcCrm.Platform.Api;
using TcCrm.Platform.Permissions;

namespace TcCrm.Contents.Api;

/// <summary>The paths of content items in the description of the API. They stand beside <c>/api/v1</c>, so they name their own server.</summary>
sealed class ContentApiDescription(Access access) : IApiDescription
{
    const string Item = "contentItem", List = "contentItem.list", Tag = "content";

    public IEnumerable<KeyValuePair<string, JsonNode?>> Paths(string root)
    {
        if (!access.May(ContentPermissions.AccessApi)) yield break;
        yield return new("/content", new JsonObject
        {
            ["servers"] = Servers(root),
            ["get"] = Operation("list", Answers("200", List, "400", "403"), Query("contentType", "string"), Query("latest", "boolean"), Query("after", "string"), Query("size", "integer")),
            ["post"] = With(Operation("save", Answers("200", Item, "400", "403", "409", "412", "413"), Query("draft", "boolean"), Header("If-Match"), Header("Idempotency-Key"))),
        });
        yield return new("/content/{contentItemId}", new JsonObject
        {
            ["servers"] = Servers(root),
            ["get"] = Operation("get", Answers("200", Item, "403", "404"), Id(), Query("draft", "boolean")),
            ["delete"] = Operation("delete", Answers("200", Item, "204", "403", "404"), Id(), Header("Idempotency-Key")),
        });
    }

    public IEnumerable<KeyValuePair<string, JsonNode?>> Schemas()
    {
        if (!access.May(ContentPermissions.AccessApi)) yield break;
        var known = ContentJson.Known.Select(key => KeyValuePair.Create<string, JsonNode?>(key, new JsonObject { ["type"] = key is "Latest" or "Published" ? "boolean" : "string" }));
        yield return new(Item, new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(known), ["additionalProperties"] = true });
        yield return new(List, new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["items"] = new JsonObject { ["type"] = "array", ["items"] = Ref(Item) }, ["next"] = new JsonObject { ["type"] = new JsonArray("string", "null") } },
            ["required"] = new JsonArray("items", "next"),
        });
    }

    static JsonArray Servers(string root) => new(new JsonObject { ["url"] = root });

    static JsonObject Operation(string verb, JsonObject responses, params JsonNode?[] parameters) =>
        new() { ["operationId"] = $"{Tag}.{verb}", ["tags"] = new JsonArray(Tag), ["responses"] = responses, ["parameters"] = new JsonArray(parameters) };

    static JsonObject With(JsonObject operation)
    {
        operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(Item) };
        return operation;
    }

    static JsonObject Answers(string good, string schema, params string[] others)
    {
        var answers = new JsonObject { [good] = new JsonObject { ["description"] = "OK", ["content"] = Json(schema) } };
        foreach (var status in others)
            answers[status] = status == "204" ? new JsonObject { ["description"] = "OK" }
                : new JsonObject { ["description"] = "Problem", ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Ref("problem") } } };
        return answers;
    }

    static JsonObject Json(string schema) => new() { ["application/json"] = new JsonObject { ["schema"] = Ref(schema) } };

    static JsonObject Ref(string schema) => new() { ["$ref"] = "#/components/schemas/" + schema };

    static JsonObject Id() => Parameter("contentItemId", "path", "string", required: true);

    static JsonObject Query(string name, string type) => Parameter(name, "query", type);

    static JsonObject Header(string name) => Parameter(name, "header", "string");

    static JsonObject Parameter(string name, string place, string type, bool required = false) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = new JsonObject { ["type"] = type } };
}
