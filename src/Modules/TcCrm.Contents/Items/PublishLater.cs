using System.Text.Json.Nodes;
using TcCrm.Platform.Jobs;

namespace TcCrm.Contents.Items;

public sealed record PublishLaterArguments(string ContentItemId);

/// <summary>Publishes a draft at the moment that its <c>PublishLaterPart</c> names, with the rights that whoever saved it has then.</summary>
sealed class PublishLater(ContentStore store, ContentAccess access, TimeProvider time) : IJobHandler
{
    public const string JobKind = "publish-content", Part = "PublishLaterPart", Moment = "ScheduledPublishUtc";

    public string Kind => JobKind;

    public static DateTime? MomentOf(JsonObject item) => item[Part] is JsonObject part ? ContentJson.Moment(part, Moment) : null;

    /// <summary>A draft that was published, discarded or put off meanwhile is left alone; one that is put off has a job for its new moment.</summary>
    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var id = run.Arguments<PublishLaterArguments>().ContentItemId;
        if (await store.LatestAsync(id, cancel) is not { Published: false } draft || !(MomentOf(draft.Read()) <= time.GetUtcNow().UtcDateTime)) return;
        if (!access.May(ContentRight.Publish, draft)) throw new BusinessRuleException("You may not publish this item.");
        await store.SaveAsync(id, draft.ContentType, new() { [Part] = new JsonObject { [Moment] = null } }, draft: false, draft.ContentItemVersionId, cancel);
    }
}
