using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TcCrm.Platform.Data;

namespace TcCrm.Contents.Items;

/// <summary>
/// One version of a content item. What says which version it is stands in columns, everything else as JSON in the order in which it came:
/// a version can be put out of force without touching its content.
/// </summary>
public sealed class ContentItem : IPlatformEntity
{
    public Guid Id { get; init; } = Ids.Next();
    public required string ContentItemId { get; init; }
    public required string ContentItemVersionId { get; init; }
    public required string ContentType { get; init; }
    public string? DisplayText { get; init; }
    public bool Latest { get; init; }
    public bool Published { get; init; }
    public DateTime? ModifiedUtc { get; init; }
    public DateTime? PublishedUtc { get; init; }
    public DateTime? CreatedUtc { get; init; }
    public string? Owner { get; init; }
    public string? Author { get; init; }
    /// <summary>The item in whose list it stands, and where.</summary>
    public string? ListContentItemId { get; init; }
    public int? ListOrder { get; init; }
    /// <summary>Of its <c>AutoroutePart</c>, as <see cref="ContentPath.Of(string)"/> has it.</summary>
    public string? Path { get; init; }
    /// <summary>All but the first six: moments, owner, author and the parts.</summary>
    public required string Json { get; init; }

    /// <summary>Of JSON in the form of <see cref="ContentJson.Ordered"/>.</summary>
    public static ContentItem Of(JsonObject item)
    {
        var rest = new JsonObject(item.Where(p => !ContentJson.InColumns.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        return new()
        {
            ContentItemId = ContentJson.Text(item, nameof(ContentItemId))!,
            ContentItemVersionId = ContentJson.Text(item, nameof(ContentItemVersionId))!,
            ContentType = ContentJson.Text(item, nameof(ContentType))!,
            DisplayText = ContentJson.Text(item, nameof(DisplayText)),
            Latest = ContentJson.Flag(item, nameof(Latest)) ?? false,
            Published = ContentJson.Flag(item, nameof(Published)) ?? false,
            ModifiedUtc = ContentJson.Moment(item, nameof(ModifiedUtc)),
            PublishedUtc = ContentJson.Moment(item, nameof(PublishedUtc)),
            CreatedUtc = ContentJson.Moment(item, nameof(CreatedUtc)),
            Owner = ContentJson.Text(item, nameof(Owner)),
            Author = ContentJson.Text(item, nameof(Author)),
            ListContentItemId = item[ContainedPart.Name] is JsonObject contained ? ContentJson.Text(contained, ContainedPart.List) : null,
            ListOrder = item[ContainedPart.Name]?[ContainedPart.Order] is JsonValue order && order.TryGetValue(out int place) ? place : null,
            Path = ContentPath.Of(item),
            Json = ContentJson.Write(rest),
        };
    }

    public JsonObject Read() => (JsonObject)JsonNode.Parse(ToJson())!;

    /// <summary>As Orchard Core writes it. The content is copied, not parsed.</summary>
    public string ToJson()
    {
        var json = new StringBuilder(Json.Length + 256).Append("{\"ContentItemId\":").Append(Quoted(ContentItemId))
            .Append(",\"ContentItemVersionId\":").Append(Quoted(ContentItemVersionId)).Append(",\"ContentType\":").Append(Quoted(ContentType));
        if (DisplayText is not null) json.Append(",\"DisplayText\":").Append(Quoted(DisplayText));
        json.Append(",\"Latest\":").Append(Latest ? "true" : "false").Append(",\"Published\":").Append(Published ? "true" : "false");
        if (Json.Length > 2) json.Append(',');
        return json.Append(Json, 1, Json.Length - 1).ToString();
    }

    static string Quoted(string text) => JsonSerializer.Serialize(text, ContentJson.Readable);
}
