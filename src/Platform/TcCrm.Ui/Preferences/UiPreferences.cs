using Microsoft.AspNetCore.Http;

namespace TcCrm.Ui;

/// <summary>How somebody likes the screen: kept in cookies of the tenant's address, so that the server draws it right at once.</summary>
public sealed record UiPreferences(string? Theme, string Density, string? Language, bool HasSlimNavigation)
{
    internal static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Choices = new Dictionary<string, IReadOnlyList<string>>
    {
        ["theme"] = ["auto", "light", "dark"],
        ["density"] = ["default", "compact", "cosy"],
        ["lang"] = ["zh-CN", "en"],
        ["nav"] = ["full", "slim"],
    };

    /// <summary>Null where the browser's own scheme, or the tenant's language, holds.</summary>
    public static UiPreferences Of(HttpRequest request) => new(
        Read(request, "theme") is { } theme && theme != "auto" ? theme : null,
        Read(request, "density") ?? "default",
        Read(request, "lang"),
        Read(request, "nav") == "slim");

    internal static string Cookie(string name) => "tc_" + name;

    static string? Read(HttpRequest request, string name) =>
        request.Cookies.TryGetValue(Cookie(name), out var value) && Choices[name].Contains(value) ? value : null;
}
