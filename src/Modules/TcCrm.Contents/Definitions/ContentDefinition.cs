using System.Text.Json.Nodes;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;

namespace TcCrm.Contents.Definitions;

/// <summary>A content type (its parts and settings) or a content part (its fields and settings), as a recipe writes it.</summary>
public sealed class ContentDefinition : IPlatformEntity
{
    public Guid Id { get; init; } = Ids.Next();
    public bool IsPart { get; init; }
    public required string Name { get; init; }
    public required string Json { get; set; }

    public JsonObject Read() => (JsonObject)JsonNode.Parse(Json)!;

    /// <summary>New versions leave the old ones to history unless the type says otherwise.</summary>
    public bool IsVersionable => Read()["Settings"]?["ContentTypeSettings"] is not JsonObject settings || ContentJson.Flag(settings, "Versionable") != false;
}
