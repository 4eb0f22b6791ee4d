using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;
using TcCrm.Ui;

namespace TcCrm.Platform.Api;

/// <summary>The try-it page at <c>/api/docs</c>. Its script comes from this host, so it works without any other.</summary>
public static class ApiDocs
{
    /// <summary>The page starts by an inline script and makes its styles at run time.</summary>
    const string Policy =
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'self'";

    public static void MapApiDocs(this IEndpointRouteBuilder endpoints) => endpoints
        .MapScalarApiReference("/api/docs", (options, http) => options
            .WithOpenApiRoutePattern($"{http.Request.PathBase}/api/v1/openapi.json")
            .WithNonce(CspNonce.Of(http))
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .WithTitle("TC-CRM API"))
        .RequireAuthorization()
        .WithMetadata(new ContentSecurityPolicyMetadata(Policy));
}
