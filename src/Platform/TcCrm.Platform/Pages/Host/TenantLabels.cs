using System.Globalization;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Pages.Host;

/// <summary>How the host's pages show a tenant.</summary>
public static class TenantLabels
{
    public static string Tone(this TenantState state) => state switch
    {
        TenantState.Running => "green",
        TenantState.Initializing => "blue",
        TenantState.Invalid => "red",
        _ => "gray",
    };

    public static string Label(this TenantState state, IText text) => state switch
    {
        TenantState.Running => text["Running"],
        TenantState.Initializing => text["Being set up"],
        TenantState.Invalid => text["Stopped by an error"],
        TenantState.Disabled => text["Suspended"],
        _ => text["Not set up"],
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.CurrentCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1024m:0} KB"),
        < 1 << 30 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1048576m:0.0} MB"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1073741824m:0.0} GB"),
    };

    public static string Day(DateTime moment, TenantSettings settings) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(moment, DateTimeKind.Utc), settings.Zone).ToMinute();
}
