using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Api;

/// <summary>Answers of the API: records as JSON, everything else as problem details (RFC 9457) in the caller's language.</summary>
static class ApiAnswers
{
    public static IResult Of(RecordType type, SaveResult result, HttpContext http) => result.Outcome switch
    {
        SaveOutcome.Saved or SaveOutcome.Unchanged => new RecordJson(json => type.WriteJson(json, result.Record!), StatusCodes.Status200OK, result.Record!.Version),
        SaveOutcome.Invalid => Invalid(type, result.Problems, http),
        SaveOutcome.Stale => Problem(http, StatusCodes.Status412PreconditionFailed, "The record has been changed meanwhile. Read it again and repeat your change."),
        SaveOutcome.Forbidden => Problem(http, StatusCodes.Status403Forbidden, "You may not do this."),
        _ => NotFound(http),
    };

    public static IResult NotFound(HttpContext http) => Problem(http, StatusCodes.Status404NotFound, "There is no such record.");

    public static IResult NoType(HttpContext http, string type) => Problem(http, StatusCodes.Status404NotFound, "There is no record type '{0}'.", type);

    public static IResult Invalid(RecordType type, IReadOnlyList<RecordProblem> problems, HttpContext http) => Invalid(ErrorsOf(type, problems, http), http);

    public static IResult Invalid(IReadOnlyList<RecordProblem> problems, HttpContext http) => Invalid(ErrorsOf(field => field, problems, http), http);

    public static IResult Problem(HttpContext http, int status, string key, params object?[] args) =>
        Results.Json(Details(http, status, key, args, null), contentType: "application/problem+json", statusCode: status);

    public static IResult Conflict(HttpContext http, string key, Dictionary<string, object> facts) =>
        Results.Json(Details(http, StatusCodes.Status409Conflict, key, [], facts), contentType: "application/problem+json", statusCode: StatusCodes.Status409Conflict);

    /// <summary><c>{ "name": [{ "code": "required", "message": "…" }] }</c>; problems of the whole record stand under the empty name.</summary>
    public static Dictionary<string, object> ErrorsOf(RecordType type, IReadOnlyList<RecordProblem> problems, HttpContext http) => ErrorsOf(field => type.Find(field)?.ApiName ?? field, problems, http);

    static Dictionary<string, object> ErrorsOf(Func<string, string> name, IReadOnlyList<RecordProblem> problems, HttpContext http)
    {
        var text = http.RequestServices.GetRequiredService<IText>();
        return problems.GroupBy(p => name(p.Field)).ToDictionary(g => g.Key, g => (object)g.Select(p => new { code = p.Code, message = p.Message(text) }).ToArray());
    }

    /// <summary>The one seam where refused steps and malformed requests of the API become answers.</summary>
    public static async ValueTask<object?> CatchAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadFilterException e)
        {
            return Problem(context.HttpContext, StatusCodes.Status400BadRequest, e.Key, [.. e.Args]);
        }
        catch (BusinessRuleException e)
        {
            return Problem(context.HttpContext, StatusCodes.Status409Conflict, e.Key, [.. e.Args]);
        }
        catch (UnsupportedBodyException e)
        {
            context.HttpContext.Response.Headers.Accept = "application/json";
            return Problem(context.HttpContext, StatusCodes.Status415UnsupportedMediaType, "Send JSON with the header Content-Type: application/json. This request has: {0}", e.ContentType);
        }
        catch (JsonException e)
        {
            return Problem(context.HttpContext, StatusCodes.Status400BadRequest, "The body is not JSON: line {0}, byte {1}.", e.LineNumber + 1, e.BytePositionInLine + 1);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException { Source: "System.Text.Json.Rethrowable" } or BadHttpRequestException)
        {
            return Problem(context.HttpContext, StatusCodes.Status400BadRequest, "The body is not the JSON that is expected here.");
        }
    }

    static IResult Invalid(Dictionary<string, object> errors, HttpContext http) => Results.Json(
        Details(http, StatusCodes.Status400BadRequest, "Some fields need attention.", [], new() { ["errors"] = errors }), contentType: "application/problem+json", statusCode: StatusCodes.Status400BadRequest);

    static ProblemDetails Details(HttpContext http, int status, string key, object?[] args, Dictionary<string, object>? facts)
    {
        var details = new ProblemDetails { Status = status, Title = http.RequestServices.GetRequiredService<IText>()[key, args], Type = "about:blank" };
        details.Extensions["traceId"] = System.Diagnostics.Activity.Current?.Id ?? http.TraceIdentifier;
        foreach (var (name, fact) in facts ?? []) details.Extensions[name] = fact;
        return details;
    }
}

/// <summary>JSON written straight into the response, with the record's version as ETag.</summary>
sealed record RecordJson(Action<Utf8JsonWriter> Write, int Status, int? Version = null, string? Location = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        if (Version is { } version) response.Headers.ETag = $"\"{version}\"";
        if (Location is not null) response.Headers.Location = Location;
        await using (var json = new Utf8JsonWriter(response.BodyWriter)) Write(json);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
