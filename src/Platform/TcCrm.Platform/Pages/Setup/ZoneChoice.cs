using System.Globalization;

namespace TcCrm.Platform.Pages.Setup;

/// <summary>A time zone by its IANA id, from west to east.</summary>
public sealed record ZoneChoice(string Id, string Label)
{
    public static IEnumerable<ZoneChoice> All(string chosen) => TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId)
        .Concat(TimeZoneInfo.TryFindSystemTimeZoneById(chosen, out var own) ? [own] : []).DistinctBy(z => z.Id)
        .OrderBy(z => z.BaseUtcOffset).ThenBy(z => z.Id, StringComparer.Ordinal)
        .Select(z => new ZoneChoice(z.Id, string.Create(CultureInfo.InvariantCulture, $"(UTC{(z.BaseUtcOffset < TimeSpan.Zero ? '-' : '+')}{z.BaseUtcOffset:hh\\:mm}) {z.Id}")));
}
