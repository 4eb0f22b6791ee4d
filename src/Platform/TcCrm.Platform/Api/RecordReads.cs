using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Api;

static class RecordReads
{
    public static Task<IResult> ListAsync(string type, HttpContext http, ApiTarget target, CancellationToken cancel) =>
        PageAsync(type, RecordQueryText.Parse(http.Request.Query, size: 50), http.Request.Query["fields"].ToString(), http, target, cancel);

    /// <summary>The same with conditions in groups, as saved views keep them.</summary>
    public static async Task<IResult> QueryAsync(string type, HttpContext http, ApiTarget target, CancellationToken cancel)
    {
        var body = await JsonBody.ReadAsync(http.Request, cancel);
        return await PageAsync(type, ViewQuery.Read(body), ViewQuery.FieldsOf(body), http, target, cancel);
    }

    public static async Task<IResult> GetAsync(string type, string key, HttpContext http, ApiTarget target, CancellationToken cancel)
    {
        if (target.TypeOf(type) is not { } recordType) return ApiAnswers.NoType(http, type);
        if (await target.FindAsync(recordType, key, cancel) is not { } record) return ApiAnswers.NotFound(http);
        return new RecordJson(json => recordType.WriteJson(json, record), StatusCodes.Status200OK, record.Version);
    }

    static async Task<IResult> PageAsync(string type, RecordQuery query, string fields, HttpContext http, ApiTarget target, CancellationToken cancel)
    {
        if (target.TypeOf(type) is not { } recordType) return ApiAnswers.NoType(http, type);
        var only = Only(recordType, fields);
        var page = await recordType.ListAsync(target.Db, query, cancel);
        return new RecordJson(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (var record in page.Items) recordType.WriteJson(json, record, only);
            json.WriteEndArray();
            if (page.Next is { } next) json.WriteString("next"u8, next.ToString());
            else json.WriteNull("next"u8);
            json.WriteEndObject();
        }, StatusCodes.Status200OK);
    }

    static HashSet<string>? Only(RecordType type, string fields) => fields.Length == 0 ? null
        : [.. fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(f => type.Find(f)?.Name ?? throw new BadFilterException("There is no field '{0}'.", f))];
}
