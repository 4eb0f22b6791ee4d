using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Api;

static class RecordWrites
{
    public static async Task<IResult> CreateAsync(string type, HttpContext http, ApiTarget target, RecordStore store, CancellationToken cancel)
    {
        if (target.TypeOf(type) is not { } recordType) return ApiAnswers.NoType(http, type);
        if (!TryRead(recordType, await JsonBody.ReadAsync(http.Request, cancel), out var values, out var problems)) return ApiAnswers.Invalid(recordType, problems, http);
        var result = await store.CreateAsync(recordType, values, cancel);
        if (result.Outcome != SaveOutcome.Saved) return ApiAnswers.Of(recordType, result, http);
        return new RecordJson(json => recordType.WriteJson(json, result.Record!), StatusCodes.Status201Created, result.Record!.Version, $"{http.Request.PathBase}/api/v1/{recordType.Name}/{result.Record.Id}");
    }

    /// <summary>A merge patch: what is named changes, null empties.</summary>
    public static async Task<IResult> UpdateAsync(string type, string key, HttpContext http, ApiTarget target, RecordStore store, CancellationToken cancel)
    {
        if (target.TypeOf(type) is not { } recordType) return ApiAnswers.NoType(http, type);
        if (await target.FindAsync(recordType, key, cancel) is not { } record) return ApiAnswers.NotFound(http);
        if (!ApiTarget.TryReadVersion(http.Request, out var version)) return BadVersion(http);
        if (!TryRead(recordType, await JsonBody.ReadAsync(http.Request, cancel), out var values, out var problems)) return ApiAnswers.Invalid(recordType, problems, http);
        return ApiAnswers.Of(recordType, await store.UpdateAsync(recordType, record.Id, version, values, cancel), http);
    }

    public static async Task<IResult> DeleteAsync(string type, string key, HttpContext http, ApiTarget target, RecordStore store, CancellationToken cancel)
    {
        if (target.TypeOf(type) is not { } recordType) return ApiAnswers.NoType(http, type);
        if (await target.FindAsync(recordType, key, cancel) is not { } record) return ApiAnswers.NotFound(http);
        if (!ApiTarget.TryReadVersion(http.Request, out var version)) return BadVersion(http);
        var result = await store.DeleteAsync(recordType, record.Id, version, cancel);
        return result.Outcome == SaveOutcome.Saved ? Results.NoContent() : ApiAnswers.Of(recordType, result, http);
    }

    /// <summary>The body's values as neutral text; system fields that came from a read are passed over.</summary>
    public static bool TryRead(RecordType type, JsonElement body, out Dictionary<string, string?> values, out List<RecordProblem> problems)
    {
        (values, problems) = (new(StringComparer.Ordinal), []);
        if (body.ValueKind != JsonValueKind.Object) throw new FormatException();
        foreach (var property in body.EnumerateObject().Where(p => p.Name is not ("id" or "version" or "createdAt" or "modifiedAt")))
        {
            if (type.Find(property.Name) is not { } field) problems.Add(new(property.Name, "There is no field '{0}'.", property.Name) { Code = "not-found" });
            else if (TryReadValue(field, property.Value, out var text)) values[field.Name] = text;
            else problems.Add(new(field.Name, field.Kind.InvalidKey) { Code = "not-valid" });
        }
        return problems.Count == 0;
    }

    static bool TryReadValue(Fields.Field field, JsonElement json, out string? text)
    {
        try
        {
            text = field.Kind.ReadJson(json);
            return true;
        }
        catch (FormatException)
        {
            text = null;
            return false;
        }
    }

    static IResult BadVersion(HttpContext http) => ApiAnswers.Problem(http, StatusCodes.Status400BadRequest, "If-Match takes the ETag of the record, such as \"3\".");
}
