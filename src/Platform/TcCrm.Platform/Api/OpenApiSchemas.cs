using System.Text.Json.Nodes;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Api;

/// <summary>Schemas of the OpenAPI document: a record as it is read and as it is written, lists, problems.</summary>
static class OpenApiSchemas
{
    public static JsonObject Ref(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    public static string InputOf(RecordType type) => type.Name + ".input";
    public static string ListOf(RecordType type) => type.Name + ".list";

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(RecordType type, IText text)
    {
        yield return new(type.Name, Read(type, text));
        yield return new(InputOf(type), Object(new(type.Fields.Where(f => !f.IsReadOnly).Select(f => Property(f, text)))));
        yield return new(ListOf(type), Object(new()
        {
            ["items"] = new JsonObject { ["type"] = "array", ["items"] = Ref(type.Name) },
            ["next"] = new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = text["Send it as 'after' to get the next page; null on the last."] },
        }, "items", "next"));
    }

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Shared()
    {
        var error = Object(new() { ["code"] = Text(), ["message"] = Text() }, "code", "message");
        var errors = new JsonObject { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = error } };
        yield return new("problem", Object(new() { ["type"] = Text(), ["title"] = Text(), ["status"] = Integer(), ["traceId"] = Text(), ["errors"] = errors.DeepClone() }, "title", "status"));
        var result = Object(new() { ["status"] = Integer(), ["id"] = Nullable("string"), ["version"] = Nullable("integer"), ["errors"] = errors }, "status");
        yield return new("bulkResult", Object(new() { ["applied"] = Integer(), ["results"] = new JsonObject { ["type"] = "array", ["items"] = result } }, "applied", "results"));
        var change = Object(new() { ["id"] = Text(), ["at"] = Text(), ["change"] = Text(), ["recordId"] = Text(), ["userId"] = Nullable("string") }, "id", "at", "change", "recordId");
        yield return new("changes", Object(new() { ["items"] = new JsonObject { ["type"] = "array", ["items"] = change }, ["next"] = Text() }, "items", "next"));
    }

    static JsonObject Read(RecordType type, IText text) => Object(new(
    [
        new("id", new JsonObject { ["type"] = "string", ["format"] = "uuid" }),
        new("version", Integer()),
        new("createdAt", new JsonObject { ["type"] = "string", ["format"] = "date-time" }),
        new("modifiedAt", new JsonObject { ["type"] = "string", ["format"] = "date-time" }),
        .. type.Fields.Select(f => Property(f, text)),
    ]), "id", "version", "createdAt", "modifiedAt");

    /// <summary>Empty values are null, except text, which is empty.</summary>
    static KeyValuePair<string, JsonNode?> Property(Field field, IText text)
    {
        var schema = field.Kind.Schema(field);
        schema["description"] = text[field.LabelKey];
        if (field.PlainType == typeof(string) && schema.ContainsKey("format")) schema.Remove("format");
        if (field.PlainType != typeof(string) && !field.Kind.IsMultiple && schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
            if (schema["enum"] is JsonArray choices) choices.Add(null);
        }
        return new(field.ApiName, schema);
    }

    static JsonObject Object(JsonObject properties, params string[] required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Length > 0) schema["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        return schema;
    }

    static JsonObject Text() => new() { ["type"] = "string" };
    static JsonObject Integer() => new() { ["type"] = "integer" };
    static JsonObject Nullable(string type) => new() { ["type"] = new JsonArray(type, "null") };
}
