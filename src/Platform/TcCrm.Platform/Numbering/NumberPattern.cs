using System.Globalization;
using System.Text.RegularExpressions;

namespace TcCrm.Platform.Numbering;

/// <summary>A pattern such as <c>C-{yyyy}-{seq:6}</c>.</summary>
public sealed partial class NumberPattern
{
    readonly string _pattern;

    NumberPattern(string pattern) => _pattern = pattern;

    /// <exception cref="BusinessRuleException">No <c>{seq}</c>, or a placeholder that is unknown.</exception>
    public static NumberPattern Parse(string pattern)
    {
        var places = Place().Matches(pattern);
        if (places.Count(p => p.Groups[1].Value == "seq") != 1) throw new BusinessRuleException("A number pattern needs {seq} exactly once, such as C-{seq:6}.", "Pattern");
        if (places.FirstOrDefault(p => p.Groups[1].Value is not ("seq" or "yyyy" or "yy" or "MM" or "dd" or "unit")) is { } unknown)
            throw new BusinessRuleException("'{0}' is no placeholder of a number pattern.", "Pattern", unknown.Value);
        return new(pattern);
    }

    public string Format(long sequence, DateOnly day, string unit) => Place().Replace(_pattern, place => place.Groups[1].Value switch
    {
        "seq" => sequence.ToString("D" + (place.Groups[2].Success ? place.Groups[2].Value : "1"), CultureInfo.InvariantCulture),
        "unit" => unit,
        var date => day.ToString(date, CultureInfo.InvariantCulture),
    });

    public bool UsesUnit => _pattern.Contains("{unit}", StringComparison.Ordinal);

    [GeneratedRegex(@"\{(\w+)(?::(\d))?\}")]
    private static partial Regex Place();
}
