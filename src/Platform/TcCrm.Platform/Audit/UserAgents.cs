using System.Text.RegularExpressions;

namespace TcCrm.Platform.Audit;

/// <summary>What a browser says of itself, in a few words: <c>Firefox 143, Windows</c>.</summary>
static partial class UserAgents
{
    const int Longest = 60;
    static readonly (string Sign, string Name)[] Systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "HarmonyOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>Null when nothing was said.</summary>
    public static string? Shorten(string told)
    {
        if (told.Length == 0) return null;
        var browser = Browser().Match(told) is { Success: true } found ? $"{NameOf(found.Groups[1].Value)} {found.Groups[2].Value}" : told.Split(' ', 2)[0];
        var system = Systems.FirstOrDefault(s => told.Contains(s.Sign, StringComparison.Ordinal)).Name;
        var all = new string([.. (system is null ? browser : $"{browser}, {system}").Where(c => !char.IsControl(c))]);
        return all.Length <= Longest ? all : all[..Longest];
    }

    static string NameOf(string sign) => sign switch
    {
        "Edg" or "EdgA" or "EdgiOS" => "Edge",
        "OPR" => "Opera",
        "MicroMessenger" => "WeChat",
        "CriOS" => "Chrome",
        "FxiOS" => "Firefox",
        "Version" => "Safari",
        _ => sign,
    };

    // The more special name stands behind the more general one, so the last match from the right counts.
    [GeneratedRegex(@"(MicroMessenger|EdgA|EdgiOS|Edg|OPR|Firefox|FxiOS|CriOS|Chrome|Version)/(\d{1,4})", RegexOptions.RightToLeft | RegexOptions.CultureInvariant)]
    private static partial Regex Browser();
}
