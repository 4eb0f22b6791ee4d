using System.Text.Json;
using TcCrm.Platform.Events;
using TcCrm.Platform.Recipes;

namespace TcCrm.Contents.Items;

/// <summary>
/// What reactions hear of content items; <c>ContentItem.*</c> is all of it. A save says that the item was made or changed, then whether that is in force or a draft.
/// Items of a recipe say the same.
/// </summary>
public static class ContentEvents
{
    public const string Subject = "ContentItem";
    public const string Created = "ContentCreated", Updated = "ContentUpdated", Published = "ContentPublished", DraftSaved = "ContentDraftSaved",
        Unpublished = "ContentUnpublished", DraftDiscarded = "ContentDraftDiscarded", Deleted = "ContentDeleted";

    /// <exception cref="JsonException">The event is none of a content item.</exception>
    public static ContentHappened Read(RecordEvent happened) => JsonSerializer.Deserialize<ContentHappened>(happened.Details ?? "null") ?? throw new JsonException();

    internal static OutboxEntry Of(string name, ContentItem item, DateTime now, Guid? user) => new()
    {
        Event = name,
        RecordType = Subject,
        RecordId = ContentIds.ToGuid(item.ContentItemId),
        Details = JsonSerializer.Serialize(new ContentHappened(item.ContentItemId, item.ContentType, item.ContentItemVersionId), ContentJson.Readable),
        At = now,
        UserId = user,
        DueAt = now,
    };
}

/// <summary>Which version of which item an event is about.</summary>
public sealed record ContentHappened(string ContentItemId, string ContentType, string ContentItemVersionId);
