using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TcCrm.Tests.Identity.OpenId;

/// <summary>A small provider outside, on a port of its own, that vouches for whoever the test says.</summary>
public sealed class OutsideProvider : IAsyncDisposable
{
    public const string Client = "crm", Secret = "outside secret";
    readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "k1" };
    readonly WebApplication _app;
    Dictionary<string, string> _asked = [];

    OutsideProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();
    public Dictionary<string, object> Claims { get; set; } = [];
    /// <summary>Instead of the nonce that was asked for.</summary>
    public string? OtherNonce { get; set; }
    /// <summary>Instead of its own name.</summary>
    public string? OtherIssuer { get; set; }

    public static async Task<OutsideProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new OutsideProvider(builder.Build());
        provider.Map();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>The browser is at the provider, which sends it back.</summary>
    public string Agree(Uri asked)
    {
        _asked = QueryHelpers.ParseQuery(asked.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
        return QueryHelpers.AddQueryString(new Uri(_asked["redirect_uri"]).AbsolutePath, new Dictionary<string, string?> { ["code"] = "c1", ["state"] = _asked["state"] });
    }

    void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = OtherIssuer ?? Address,
            ["authorization_endpoint"] = Address + "/authorize",
            ["token_endpoint"] = Address + "/token",
            ["jwks_uri"] = Address + "/keys",
            ["end_session_endpoint"] = Address + "/logout",
            ["response_types_supported"] = new[] { "code" },
        }));
        _app.MapGet("/keys", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.Rsa.ExportParameters(false)) { KeyId = _key.KeyId });
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = key.Kid, n = key.N, e = key.E } } });
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (form["client_id"] != Client || form["client_secret"] != Secret) return Results.Json(new { error = "invalid_client" }, statusCode: 401);
            if (form["code"] != "c1" || _asked["code_challenge"] != Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))) return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
            return Results.Json(new { access_token = "a1", token_type = "Bearer", id_token = Token() });
        });
    }

    string Token() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address,
        Audience = Client,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
        Claims = Claims.Append(new("nonce", OtherNonce ?? _asked["nonce"])).ToDictionary(),
        SigningCredentials = new(_key, SecurityAlgorithms.RsaSha256),
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
