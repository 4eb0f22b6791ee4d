using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Api;

/// <summary>
/// What happened to the records of a type since a place in the feed, oldest first: <c>?since=&lt;next of the last answer&gt;&amp;size=100</c>.
/// Ids count up in time but not in order of commit, so the feed stays some seconds behind the present.
/// </summary>
static class ChangesFeed
{
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    public static async Task<IResult> GetAsync(string type, string? since, int? size, HttpContext http, ApiTarget target, TimeProvider time, CancellationToken cancel)
    {
        if (target.TypeOf(type) is not { } recordType) return ApiAnswers.NoType(http, type);
        if (since is { Length: > 0 } && !Guid.TryParse(since, out _)) throw new BadFilterException("'{0}' is not a place in this list.", since);
        var after = Guid.TryParse(since, out var place) ? place : Guid.Empty;
        var take = Math.Clamp(size ?? 100, 1, RecordQueryText.MaxSize);
        var until = time.GetUtcNow().UtcDateTime - Settled;
        var name = recordType.Name;
        var entries = target.Db.Set<AuditEntry>().AsNoTracking();
        if ((await recordType.VisibleIdsAsync(target.Db, cancel)).Ids is { } visible) entries = entries.Where(a => visible.Contains(a.RecordId!.Value));
        var changes = await entries
            .Where(a => a.RecordType == name && a.RecordId != null && a.Id.CompareTo(after) > 0 && a.At <= until)
            .OrderBy(a => a.Id).Take(take).Select(a => new { a.Id, a.At, a.Action, a.RecordId, a.UserId }).ToListAsync(cancel);
        return Results.Json(new
        {
            items = changes.Select(c => new { id = c.Id, at = c.At, change = c.Action, recordId = c.RecordId, userId = c.UserId }),
            next = changes.Count > 0 ? changes[^1].Id : after,
        });
    }
}
