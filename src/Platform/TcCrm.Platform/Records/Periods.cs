using System.Globalization;
using System.Text.RegularExpressions;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Records;

/// <summary>Days that are named by where they lie from today: <c>today</c>, <c>this-week</c>, <c>last-7-days</c>. A week begins on Monday.</summary>
public static partial class Periods
{
    /// <summary>Those that a screen offers; any other number of days up to <see cref="MostDays"/> may be asked for as well.</summary>
    public static readonly IReadOnlyList<string> Offered =
        ["today", "yesterday", "tomorrow", "this-week", "last-week", "next-week", "this-month", "last-month", "next-month", "this-quarter", "last-quarter", "this-year", "last-year", "last-7-days", "last-30-days", "last-90-days", "next-7-days", "next-30-days"];
    const int MostDays = 3660;

    /// <summary>First and last day. <c>last-7-days</c> ends today, <c>next-7-days</c> begins today.</summary>
    /// <exception cref="BadFilterException">There is no such period.</exception>
    public static (DateOnly From, DateOnly Until) Of(string name, DateOnly today)
    {
        if (name is "today" or "yesterday" or "tomorrow") return Days(today.AddDays(name switch { "yesterday" => -1, "tomorrow" => 1, _ => 0 }), 1);
        if (Counted().Match(name) is { Success: true } days && int.Parse(days.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) is > 0 and <= MostDays and var count)
            return days.Groups["which"].Value == "last" ? Days(today.AddDays(1 - count), count) : Days(today, count);
        if (Named().Match(name) is not { Success: true } whole) throw new BadFilterException("There is no period '{0}'. Examples: today, this-week, last-month, last-7-days.", name);
        var steps = whole.Groups["which"].Value switch { "last" => -1, "next" => 1, _ => 0 };
        return whole.Groups["unit"].Value switch
        {
            "week" => Days(today.AddDays((7 * steps) - (((int)today.DayOfWeek + 6) % 7)), 7),
            "month" => Months(new DateOnly(today.Year, today.Month, 1).AddMonths(steps), 1),
            "quarter" => Months(new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1).AddMonths(3 * steps), 3),
            _ => Months(new DateOnly(today.Year, 1, 1).AddYears(steps), 12),
        };
    }

    static (DateOnly, DateOnly) Days(DateOnly from, int count) => (from, from.AddDays(count - 1));

    static (DateOnly, DateOnly) Months(DateOnly from, int count) => (from, from.AddMonths(count).AddDays(-1));

    [GeneratedRegex("^(?<which>last|next)-(?<count>[0-9]{1,4})-days$")]
    private static partial Regex Counted();

    [GeneratedRegex("^(?<which>this|last|next)-(?<unit>week|month|quarter|year)$")]
    private static partial Regex Named();
}
