using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Api;

/// <summary>
/// Up to 500 writes in one request: <c>{ "mode": "all" | "each", "items": [ { "values": {…} }, { "id": "…", "version": 3, "values": {…} }, { "id": "…", "delete": true } ] }</c>.
/// With <c>all</c> one refused item undoes the whole; with <c>each</c> every item stands for itself.
/// </summary>
static class BulkWrites
{
    public const int MaxItems = 500;

    public static async Task<IResult> PostAsync(string type, HttpContext http, ApiTarget target, RecordStore store, CancellationToken cancel)
    {
        if (target.TypeOf(type) is not { } recordType) return ApiAnswers.NoType(http, type);
        var body = await JsonBody.ReadAsync(http.Request, cancel);
        if (body.ValueKind != JsonValueKind.Object) throw new FormatException();
        var all = body.TryGetProperty("mode", out var mode) && mode.GetString() == "all";
        if (!body.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() is 0 or > MaxItems)
            return ApiAnswers.Problem(http, StatusCodes.Status400BadRequest, "Send 1 to {0} items.", MaxItems);
        var results = new List<ItemResult>();
        await using (var write = all && target.Db.Database.CurrentTransaction is null ? await target.Db.BeginWriteAsync(cancel) : null)
        {
            foreach (var item in items.EnumerateArray())
            {
                results.Add(await WriteAsync(recordType, item, http, target, store, cancel));
                if (!results[^1].IsGood) target.Db.ChangeTracker.Clear();
                if (all && !results[^1].IsGood) break;
            }
            if (write is not null && results.TrueForAll(r => r.IsGood)) await write.CommitAsync(cancel);
        }
        return all && results.Exists(r => !r.IsGood)
            ? ApiAnswers.Conflict(http, "One item was refused, so nothing was written.", new() { ["applied"] = 0, ["results"] = results })
            : Results.Json(new { applied = results.Count(r => r.IsGood), results });
    }

    static async Task<ItemResult> WriteAsync(RecordType type, JsonElement item, HttpContext http, ApiTarget target, RecordStore store, CancellationToken cancel)
    {
        var key = item.TryGetProperty("id", out var given) ? given.GetString() : null;
        int? version = item.TryGetProperty("version", out var number) ? number.GetInt32() : null;
        var record = key is null ? null : await target.FindAsync(type, key, cancel);
        if (key is not null && record is null) return new(404, null, null, null);
        if (item.TryGetProperty("delete", out var delete) && delete.GetBoolean() && record is not null) return Of(type, await store.DeleteAsync(type, record.Id, version, cancel), http);
        if (!item.TryGetProperty("values", out var body) || !RecordWrites.TryRead(type, body, out var values, out var problems)) return new(400, null, null, null);
        return Of(type, record is null ? await store.CreateAsync(type, values, cancel) : await store.UpdateAsync(type, record.Id, version, values, cancel), http);
    }

    static ItemResult Of(RecordType type, SaveResult result, HttpContext http) => result.Outcome switch
    {
        SaveOutcome.Saved or SaveOutcome.Unchanged => new(200, result.Record!.Id, result.Record.Version, null),
        SaveOutcome.Invalid => new(400, null, null, ApiAnswers.ErrorsOf(type, result.Problems, http)),
        SaveOutcome.Stale => new(412, result.Record!.Id, result.Record.Version, null),
        SaveOutcome.Forbidden => new(403, null, null, null),
        _ => new(404, null, null, null),
    };

    sealed record ItemResult(int Status, Guid? Id, int? Version, Dictionary<string, object>? Errors)
    {
        internal bool IsGood => Status == 200;
    }
}
