using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TcCrm.Platform.Api;

/// <summary>REST for every record type of the tenant, at <c>/api/v1/{module}.{type}</c>.</summary>
public static class RecordApi
{
    /// <summary>An idempotent write is compared by its body, which is then read once more.</summary>
    public static void UseApiBuffering(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Headers.ContainsKey(Idempotency.Header)) context.Request.EnableBuffering();
        return next(context);
    });

    public static void MapRecordApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").RequireAuthorization().AddEndpointFilter(ApiAnswers.CatchAsync);
        api.MapGet("/openapi.json", OpenApiDescription.GetAsync);
        var type = api.MapGroup("/{type}");
        type.MapGet("/", RecordReads.ListAsync);
        type.MapPost("/query", RecordReads.QueryAsync);
        type.MapGet("/changes", ChangesFeed.GetAsync);
        type.MapGet("/{key}", RecordReads.GetAsync);
        var writes = type.MapGroup("").AddEndpointFilter<Idempotency>();
        writes.MapPost("/", RecordWrites.CreateAsync);
        writes.MapPost("/bulk", BulkWrites.PostAsync);
        writes.MapPatch("/{key}", RecordWrites.UpdateAsync);
        writes.MapDelete("/{key}", RecordWrites.DeleteAsync);
    }
}
