using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TcCrm.Platform.Identity;

/// <summary>Somebody has tried too often: says how long to wait and, where everybody looks like one proxy, what the operator does about it.</summary>
static partial class TooManyTries
{
    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>Answers 429 with <c>Retry-After</c>; returns the sentence for the page.</summary>
    public static string Refuse(HttpContext http, TimeSpan wait, IText text)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var said = text["There were too many tries from here. Try again in {0} minutes.", (int)Math.Ceiling(wait.TotalMinutes)];
        if (!IsBehindUnnamedProxy(http)) return said;
        Unnamed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TooManyTries)), AddressOf(http));
        return said + " " + text["All visitors seem to come from {0}. Whoever runs this server names the proxy in TcCrm:Proxies, then everybody is counted for themselves.", AddressOf(http)];
    }

    /// <summary>What a named proxy says has been taken out of the header; what is left there comes from somebody who is not trusted.</summary>
    static bool IsBehindUnnamedProxy(HttpContext http) => http.Request.Headers.ContainsKey("X-Forwarded-For");

    [LoggerMessage(LogLevel.Warning, "The limit of tries is reached for {Address}, which passes requests on for others but is not named in TcCrm:Proxies: all visitors behind it are counted as one. See docs/how-to/run-behind-a-proxy.md.")]
    static partial void Unnamed(ILogger log, string address);
}
