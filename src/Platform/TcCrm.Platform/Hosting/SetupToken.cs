using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TcCrm.Platform.Hosting;

/// <summary>Opens the set-up screen to whoever can read what the host prints at start. Nobody else may found the first company of a host that is open to the net.</summary>
public sealed class SetupToken
{
    public const string Parameter = "token";
    const string Cookie = "tc_setup";

    public string Value { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public bool Opens(HttpContext http) => IsOwnMachine(http) || IsRight(http.Request.Cookies[Cookie]);

    /// <summary>Whether the typed token is right; it is then remembered, so that the address does not carry it.</summary>
    public bool TryRemember(HttpContext http, string? typed)
    {
        if (!IsRight(typed?.Trim())) return false;
        http.Response.Cookies.Append(Cookie, Value, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true });
        return true;
    }

    bool IsRight(string? token) => token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Value));

    /// <summary>Behind a proxy every caller looks like this machine, and a foreign name may lead to it: then the token is asked for.</summary>
    static bool IsOwnMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.Keys.Any(h => h.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase) || h.StartsWith("X-Original", StringComparison.OrdinalIgnoreCase) || h is "Forwarded" or "Via" or "X-Real-IP")
        && (http.Request.Host.Host == "localhost" || (IPAddress.TryParse(http.Request.Host.Host.Trim('[', ']'), out var named) && IPAddress.IsLoopback(named)));
}
