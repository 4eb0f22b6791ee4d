using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TcCrm.Ui;

public static class SecurityHeaders
{
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'self'; manifest-src 'self'";

    /// <summary>Belongs first in the pipeline: the headers are written when the answer starts, whoever makes it.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            Write(http);
            return Task.CompletedTask;
        });
        return next(http);
    });

    static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        var own = http.GetEndpoint()?.Metadata.GetMetadata<ContentSecurityPolicyMetadata>();
        headers.ContentSecurityPolicy = own is null ? Policy : own.Policy.Replace("{nonce}", CspNonce.Of(http), StringComparison.Ordinal);
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=(self), payment=(), usb=(), browsing-topics=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
