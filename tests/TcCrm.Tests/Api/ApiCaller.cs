using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace TcCrm.Tests.Api;

/// <summary>Calls the REST API of one tenant as one user, and holds every answer against the API's own description.</summary>
public sealed class ApiCaller(HttpClient client)
{
    ApiShape? _shape;

    public sealed record Answer(HttpStatusCode Status, JsonObject? Body, string Text, string? ETag, string? Location, string? ContentType);

    public Task<Answer> GetAsync(string address) => SendAsync(HttpMethod.Get, address);
    public Task<Answer> PostAsync(string address, JsonObject body) => SendAsync(HttpMethod.Post, address, body);
    public Task<Answer> PatchAsync(string address, JsonObject body, string ifMatch) => SendAsync(HttpMethod.Patch, address, body, ifMatch);

    public async Task<Answer> SendAsync(HttpMethod method, string address, JsonNode? body = null, string? ifMatch = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + address);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (ifMatch is not null) request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        await (_shape ??= await ApiShape.ReadAsync(client)).CheckAsync(method, address, response.StatusCode, text);
        return new(response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null, text, response.Headers.ETag?.ToString(), response.Headers.Location?.OriginalString, response.Content.Headers.ContentType?.MediaType);
    }
}
