using System.Globalization;

namespace TcCrm.Platform.Text;

/// <summary>How people read a moment of their own time zone: the same in both languages, and as it is typed.</summary>
public static class LocalTime
{
    public static string ToMinute(this DateTime local) => local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string ToDay(this DateTime local) => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
