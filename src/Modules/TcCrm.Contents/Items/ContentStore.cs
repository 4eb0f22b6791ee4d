using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Definitions;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Recipes;

namespace TcCrm.Contents.Items;

/// <summary>
/// Content items with their versions. One writer at a time in a tenant: on SQLite by the write gate, on PostgreSQL by a lock that lasts as long as
/// the transaction; unique indexes see to it that no item ever has two latest or two published versions.
/// </summary>
public sealed class ContentStore(CrmDbContext db, ContentDefinitions definitions, CurrentUser user, TimeProvider time)
{
    internal const string Lock = "content";
    static readonly CompiledQuery<string, ContentItem> Published = new((db, id) => db.Set<ContentItem>().AsNoTracking().Where(i => i.ContentItemId == id && i.Published));
    static readonly CompiledQuery<string, ContentItem> Latest = new((db, id) => db.Set<ContentItem>().AsNoTracking().Where(i => i.ContentItemId == id && i.Latest));

    DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The version in force.</summary>
    public Task<ContentItem?> PublishedAsync(string id, CancellationToken cancel) => Published.FirstOrDefaultAsync(db, id, cancel);

    /// <summary>The newest version, which may be a draft.</summary>
    public Task<ContentItem?> LatestAsync(string id, CancellationToken cancel) => Latest.FirstOrDefaultAsync(db, id, cancel);

    /// <summary>The version in force that is shown at an address.</summary>
    public Task<ContentItem?> AtAsync(string path, CancellationToken cancel) =>
        db.Set<ContentItem>().AsNoTracking().Where(i => i.Published && i.Path == path).OrderBy(i => i.ContentItemId).FirstOrDefaultAsync(cancel);

    /// <summary>
    /// Adds an item or changes its newest version: what is given comes in key by key, arrays whole. A version in force is left to history and followed by another;
    /// a draft is changed itself. The caller has checked the rights on <paramref name="contentType"/>.
    /// </summary>
    /// <param name="version">That the caller has read; null takes any.</param>
    /// <returns>Null when there is a newer version than that.</returns>
    /// <exception cref="BusinessRuleException">The item is of another type, or another item has its alias or address; the field is the part.</exception>
    public Task<ContentItem?> SaveAsync(string id, string contentType, JsonObject given, bool draft, string? version, CancellationToken cancel) => db.WriteAsync(async () =>
    {
        await db.AloneAsync(Lock, cancel);
        var latest = await LatestAsync(id, cancel);
        if (latest is not null && latest.ContentType != contentType) throw new BusinessRuleException("The content item '{0}' is of type '{1}'.", null, id, latest.ContentType);
        if (version is not null && version != latest?.ContentItemVersionId) return null;
        var isVersioned = await definitions.IsVersionableAsync(contentType, cancel);
        var json = latest is null ? Fresh(id, contentType, given) : Changed(latest, given, keepsVersion: !latest.Published || (!isVersioned && !draft));
        json["Latest"] = true;
        json["Published"] = !draft;
        json["ModifiedUtc"] = ContentJson.Moment(Now);
        if (!draft) json["PublishedUtc"] = json["ModifiedUtc"]!.DeepClone();
        await RefuseTakenAsync(id, json, cancel);
        var item = ContentItem.Of(ContentJson.Ordered(json));
        await PutAsync([item], cancel);
        if (draft && PublishLater.MomentOf(json) is { } moment) await PlanAsync(id, moment, cancel);
        if (!isVersioned) await db.Set<ContentItem>().Where(i => i.ContentItemId == id && !i.Latest && !i.Published).ExecuteDeleteAsync(cancel);
        await AuditAsync(draft ? ContentEvents.DraftSaved : ContentEvents.Published, item, cancel);
        return item;
    }, cancel);

    /// <summary>All versions of an item that are kept, the newest first.</summary>
    public Task<List<ContentItem>> VersionsAsync(string id, CancellationToken cancel) =>
        db.Set<ContentItem>().AsNoTracking().Where(i => i.ContentItemId == id).OrderByDescending(i => i.Latest).ThenByDescending(i => i.ModifiedUtc).ThenByDescending(i => i.Id).ToListAsync(cancel);

    /// <summary>What stands in an earlier version becomes a draft of its own, also where the item was deleted.</summary>
    /// <exception cref="BusinessRuleException">Another item has its alias or address by now.</exception>
    public Task<ContentItem?> TakeBackAsync(ContentItem earlier, CancellationToken cancel) => db.WriteAsync(async () =>
    {
        await db.AloneAsync(Lock, cancel);
        var (json, now) = (earlier.Read(), ContentJson.Moment(Now));
        (json["ContentItemVersionId"], json["Latest"], json["Published"], json["ModifiedUtc"]) = (ContentIds.New(), true, false, now);
        json["Author"] = user.Name;
        await RefuseTakenAsync(earlier.ContentItemId, json, cancel);
        var item = ContentItem.Of(ContentJson.Ordered(json));
        await PutAsync([item], cancel);
        await AuditAsync("ContentTakenBack", item, cancel);
        return (ContentItem?)item;
    }, cancel);

    /// <summary>No version is in force any more; the newest stays as a draft.</summary>
    /// <returns>Whether one was in force.</returns>
    public Task<bool> UnpublishAsync(ContentItem item, CancellationToken cancel) => db.WriteAsync(async () =>
    {
        await db.AloneAsync(Lock, cancel);
        var count = await db.Set<ContentItem>().Where(i => i.ContentItemId == item.ContentItemId && i.Published).ExecuteUpdateAsync(set => set.SetProperty(i => i.Published, false), cancel);
        if (count > 0) await TellAsync(ContentEvents.Unpublished, item, cancel);
        return count > 0;
    }, cancel);

    /// <summary>Throws the draft away where another version is in force, which is then the newest again.</summary>
    /// <returns>Whether there was such a draft.</returns>
    public Task<bool> DiscardDraftAsync(ContentItem draft, CancellationToken cancel) => db.WriteAsync(async () =>
    {
        await db.AloneAsync(Lock, cancel);
        var rows = db.Set<ContentItem>().Where(i => i.ContentItemId == draft.ContentItemId);
        if (!await rows.AnyAsync(i => i.Published && !i.Latest, cancel) || await rows.Where(i => i.ContentItemVersionId == draft.ContentItemVersionId && i.Latest && !i.Published).ExecuteDeleteAsync(cancel) == 0) return false;
        await rows.Where(i => i.Published).ExecuteUpdateAsync(set => set.SetProperty(i => i.Latest, true), cancel);
        await TellAsync(ContentEvents.DraftDiscarded, draft, cancel);
        return true;
    }, cancel);

    /// <summary>All versions go out of force and stay as history.</summary>
    /// <returns>Whether there was anything to delete.</returns>
    public Task<bool> DeleteAsync(ContentItem item, CancellationToken cancel) => db.WriteAsync(async () =>
    {
        await db.AloneAsync(Lock, cancel);
        var count = await db.Set<ContentItem>().Where(i => i.ContentItemId == item.ContentItemId && (i.Latest || i.Published))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Latest, false).SetProperty(i => i.Published, false), cancel);
        if (count > 0) await TellAsync(ContentEvents.Deleted, item, cancel);
        return count > 0;
    }, cancel);

    /// <summary>Writes versions as they are, inside a transaction; each takes the place of the one with its version id, and what it claims from all others of its item.</summary>
    internal async Task PutAsync(IReadOnlyList<ContentItem> items, CancellationToken cancel)
    {
        await db.AloneAsync(Lock, cancel);
        var rows = db.Set<ContentItem>();
        var (versions, latest, published) = (items.Select(i => i.ContentItemVersionId).ToList(), IdsOf(items.Where(i => i.Latest)), IdsOf(items.Where(i => i.Published)));
        var ids = IdsOf(items);
        var known = (await rows.Where(i => ids.Contains(i.ContentItemId)).Select(i => i.ContentItemId).Distinct().ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        await rows.Where(i => versions.Contains(i.ContentItemVersionId)).ExecuteDeleteAsync(cancel);
        await rows.Where(i => i.Latest && latest.Contains(i.ContentItemId)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Latest, false), cancel);
        await rows.Where(i => i.Published && published.Contains(i.ContentItemId)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Published, false), cancel);
        rows.AddRange(items);
        foreach (var item in items.Where(i => i.Latest || i.Published))
            foreach (var name in new[] { known.Add(item.ContentItemId) ? ContentEvents.Created : ContentEvents.Updated, item.Published ? ContentEvents.Published : ContentEvents.DraftSaved }) db.Tell(ContentEvents.Of(name, item, Now, db.UserId));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>No two items have one alias or one address. Looked for in the text of the items: few have any.</summary>
    async Task RefuseTakenAsync(string id, JsonObject item, CancellationToken cancel)
    {
        var others = db.Set<ContentItem>().AsNoTracking().Where(i => (i.Latest || i.Published) && i.ContentItemId != id);
        if (ContentPath.Of(item) is { } path && await others.FirstOrDefaultAsync(i => i.Path == path, cancel) is { } there) throw Taken("AutoroutePart", there, path);
        if (item["AliasPart"] is not JsonObject part || ContentJson.Text(part, "Alias") is not { Length: > 0 } alias) return;
        var pattern = LikePattern.Containing($"\"Alias\":{ContentJson.Write(JsonValue.Create(alias))}");
        var written = await others.Where(i => EF.Functions.Like(i.Json, pattern, LikePattern.Escape)).ToListAsync(cancel);
        if (written.Find(o => o.Read()["AliasPart"] is JsonObject theirs && ContentJson.Text(theirs, "Alias") == alias) is { } other) throw Taken("AliasPart", other, alias);
    }

    static BusinessRuleException Taken(string part, ContentItem by, string claimed) => new("The item '{0}' has '{1}' already. Choose another.", part, by.DisplayText ?? by.ContentItemId, claimed);

    Task<int> PlanAsync(string id, DateTime moment, CancellationToken cancel)
    {
        db.Add(new Job { Kind = PublishLater.JobKind, Arguments = JsonSerializer.Serialize(new PublishLaterArguments(id), JsonSerializerOptions.Web), UserId = db.UserId, CreatedAt = Now, DueAt = moment });
        return db.SaveChangesAsync(cancel);
    }

    JsonObject Fresh(string id, string contentType, JsonObject given)
    {
        var json = ContentJson.Ordered(given);
        json["ContentItemId"] = id;
        json["ContentItemVersionId"] = ContentIds.New();
        json["ContentType"] = contentType;
        json["DisplayText"] ??= TitleOf(json);
        json["CreatedUtc"] = ContentJson.Moment(Now);
        json["Owner"] ??= user.Id is { } me ? ContentIds.Of(me) : "";
        json["Author"] ??= user.Name;
        json.Remove("PublishedUtc");
        return json;
    }

    JsonObject Changed(ContentItem latest, JsonObject given, bool keepsVersion)
    {
        var (json, changes) = (latest.Read(), ContentJson.Ordered(given));
        foreach (var key in new[] { "ContentItemId", "ContentItemVersionId", "ContentType", "CreatedUtc" }) changes.Remove(key);
        ContentJson.Merge(json, changes);
        if (given["DisplayText"] is null && TitleOf(json) is { } title) json["DisplayText"] = title;
        if (given["Author"] is null && user.Name is { Length: > 0 } author) json["Author"] = author;
        if (!keepsVersion) json["ContentItemVersionId"] = ContentIds.New();
        return json;
    }

    static string? TitleOf(JsonObject item) => item["TitlePart"] is JsonObject part ? ContentJson.Text(part, "Title") : null;

    static List<string> IdsOf(IEnumerable<ContentItem> items) => [.. items.Select(i => i.ContentItemId)];

    /// <summary>The audit log and, after the commit, the reactions.</summary>
    Task<int> TellAsync(string name, ContentItem item, CancellationToken cancel)
    {
        db.Tell(ContentEvents.Of(name, item, Now, db.UserId));
        return AuditAsync(name, item, cancel);
    }

    Task<int> AuditAsync(string action, ContentItem item, CancellationToken cancel)
    {
        db.Add(new AuditEntry
        {
            At = Now,
            UserId = db.UserId,
            Action = action,
            Details = ContentJson.Write(new JsonObject { ["ContentItemId"] = item.ContentItemId, ["ContentType"] = item.ContentType, ["ContentItemVersionId"] = item.ContentItemVersionId }),
        });
        return db.SaveChangesAsync(cancel);
    }
}
