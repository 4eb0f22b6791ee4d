using Microsoft.AspNetCore.Http;

namespace TcCrm.Ui;

/// <summary>Addresses inside the tenant.</summary>
public static class Links
{
    /// <summary><c>~/customers</c> becomes <c>/t/demo/customers</c>; anything else stays.</summary>
    public static string Resolve(HttpContext http, string href) =>
        href.StartsWith("~/", StringComparison.Ordinal) ? http.Request.PathBase.Value + href[1..] : href;

    /// <summary>Whether the address leads nowhere but into this host, also for whoever decodes it once more on the way.</summary>
    public static bool IsLocal(string? href) => IsPath(href) && IsPath(Uri.UnescapeDataString(href!));

    static bool IsPath(string? href) =>
        href is ['/'] or ['/', not ('/' or '\\'), ..] && !href.Any(char.IsControl);
}
