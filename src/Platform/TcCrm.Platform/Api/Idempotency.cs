using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;

namespace TcCrm.Platform.Api;

/// <summary>A write that was answered, by its <c>Idempotency-Key</c>; kept for 24 hours.</summary>
public sealed class IdempotentAnswer : IPlatformEntity
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    /// <summary>User and key; unique.</summary>
    public required string Key { get; init; }
    /// <summary>SHA-256 of method, path, If-Match and body.</summary>
    public required string Request { get; init; }
    public int Status { get; init; }
    public required string Headers { get; init; }
    public required string Body { get; init; }
    public DateTime At { get; init; }
}

/// <summary>
/// The effect and its answer are committed together, so a repeated request finds both or neither and the effect happens once.
/// The same key with another request is refused.
/// </summary>
sealed class Idempotency(TimeProvider time) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var given = http.Request.Headers[Header].ToString();
        if (given.Length == 0) return await next(context);
        if (given.Length > 200) return ApiAnswers.Problem(http, StatusCodes.Status400BadRequest, "An Idempotency-Key has 200 characters at most.");
        var db = http.RequestServices.GetService(typeof(CrmDbContext)) as CrmDbContext ?? throw new InvalidOperationException("No tenant.");
        var key = $"{((CurrentUser)http.RequestServices.GetService(typeof(CurrentUser))!).Id:N}:{given}";
        var request = await HashAsync(http.Request);
        await using var write = await db.BeginWriteAsync(http.RequestAborted);
        var limit = time.GetUtcNow().UtcDateTime - Kept;
        await db.Set<IdempotentAnswer>().Where(a => a.At < limit).ExecuteDeleteAsync(http.RequestAborted);
        if (await ClaimedAsync(db, key, http.RequestAborted) is { } earlier)
            return earlier.Request == request ? new Replay(earlier) : ApiAnswers.Problem(http, StatusCodes.Status409Conflict, "This Idempotency-Key was used for another request.");
        var answer = await CaptureAsync(http, await next(context));
        if (answer.Status is < 200 or > 299) return new Replay(answer);
        db.Add(new IdempotentAnswer { Key = key, Request = request, Status = answer.Status, Headers = answer.Headers, Body = answer.Body, At = time.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(http.RequestAborted);
        await write.CommitAsync(http.RequestAborted);
        return new Replay(answer);
    }

    /// <summary>On PostgreSQL a second request with the key waits here until the first has committed or failed; on SQLite it waited at the gate.</summary>
    static async Task<IdempotentAnswer?> ClaimedAsync(CrmDbContext db, string key, CancellationToken cancel)
    {
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || {key}, 0))", cancel);
        return await db.Set<IdempotentAnswer>().AsNoTracking().FirstOrDefaultAsync(a => a.Key == key, cancel);
    }

    /// <summary>Runs the result into memory, so that it is sent only after the commit.</summary>
    static async Task<IdempotentAnswer> CaptureAsync(HttpContext http, object? result)
    {
        var body = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        await ((IResult)result!).ExecuteAsync(http);
        http.Response.Body = body;
        var headers = http.Response.Headers;
        var kept = string.Join('\n', new[] { "Content-Type", "ETag", "Location" }.Where(headers.ContainsKey).Select(h => $"{h}: {headers[h]}"));
        return new() { Key = "", Request = "", Status = http.Response.StatusCode, Headers = kept, Body = Encoding.UTF8.GetString(buffer.ToArray()) };
    }

    static async Task<string> HashAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var text = $"{request.Method} {request.Path} {request.Headers.IfMatch}\n{await reader.ReadToEndAsync()}";
        request.Body.Position = 0;
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    sealed class Replay(IdempotentAnswer answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = answer.Status;
            foreach (var header in answer.Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(h => h.Split(": ", 2))) httpContext.Response.Headers[header[0]] = header[1];
            if (answer.Body.Length > 0) await httpContext.Response.WriteAsync(answer.Body, httpContext.RequestAborted);
        }
    }
}
