namespace TcCrm.Platform.Pages.Settings;

/// <summary>The zones to choose from, each with its distance from UTC, in order from west to east.</summary>
public static class TimeZoneChoices
{
    /// <param name="chosen">Stays in the list even where the system counts it among the aliases.</param>
    public static IEnumerable<(string Id, string Label)> For(string chosen) => TimeZoneInfo.GetSystemTimeZones()
        .Where(z => z.Id == chosen || (z.Id.Contains('/', StringComparison.Ordinal) && !z.Id.StartsWith("Etc/", StringComparison.Ordinal)))
        .OrderBy(z => z.BaseUtcOffset).ThenBy(z => z.Id, StringComparer.Ordinal)
        .Select(z => (z.Id, $"{(z.BaseUtcOffset < TimeSpan.Zero ? "−" : "+")}{z.BaseUtcOffset:hh\\:mm} {z.Id}"));
}
