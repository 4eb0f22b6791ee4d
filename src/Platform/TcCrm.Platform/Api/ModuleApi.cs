using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TcCrm.Platform.Api;

/// <summary>For addresses below <c>/api</c> that a module brings besides those of its record types: signed in, refused and answered as those are.</summary>
public static class ModuleApi
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static RouteGroupBuilder MapModuleApi(this IEndpointRouteBuilder endpoints, string root) =>
        endpoints.MapGroup(root).RequireAuthorization().AddEndpointFilter(ApiAnswers.CatchAsync);

    /// <summary>Writes that honour <c>Idempotency-Key</c>.</summary>
    public static RouteGroupBuilder MapIdempotentWrites(this RouteGroupBuilder api) => api.MapGroup("").AddEndpointFilter<Idempotency>();

    public static IResult Problem(HttpContext http, int status, string key, params object?[] args) => ApiAnswers.Problem(http, status, key, args);

    /// <summary>400 with what is wrong at each field.</summary>
    public static IResult Invalid(HttpContext http, IReadOnlyList<RecordProblem> problems) => ApiAnswers.Invalid(problems, http);

    /// <summary>The body as a JSON object; whatever else it is, the caller is told so.</summary>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType()) throw new UnsupportedBodyException(request.ContentType);
        return await JsonNode.ParseAsync(request.Body, null, Strict, cancel) as JsonObject ?? throw new FormatException();
    }
}
