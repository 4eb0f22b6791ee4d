using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TcCrm.Platform.Api;

/// <summary>Reads what a request brings. Not left to parameter binding, whose refusals come before anybody could say what is wrong.</summary>
static class JsonBody
{
    /// <exception cref="UnsupportedBodyException">There is no body, or it is not declared as JSON.</exception>
    /// <exception cref="JsonException">It is not JSON; line and position are in it.</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType()) throw new UnsupportedBodyException(request.ContentType);
        using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancel);
        return document.RootElement.Clone();
    }
}

/// <summary>The body is of another kind than JSON, or missing.</summary>
sealed class UnsupportedBodyException(string? contentType) : Exception("The body is not JSON.")
{
    public string ContentType => string.IsNullOrEmpty(contentType) ? "-" : contentType;
}
