using System.Text.RegularExpressions;
using PhoneNumbers;

namespace TcCrm.Platform.Fields.Checks;

/// <summary>Phone numbers: kept as E.164 with the extension behind (<c>+861088889999;ext=8001</c>), shown as people dial them.</summary>
public static partial class Phones
{
    public const string DefaultRegion = "CN";
    const string China = "+86";
    const string ExtensionMark = ";ext=";

    static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    /// <summary>Null when <paramref name="text"/> is not one valid number. <paramref name="region"/> (ISO 3166) is where a number without country code is dialled.</summary>
    public static string? TryNormalise(string text, string region = DefaultRegion)
    {
        var typed = ExtensionWord().Replace(Typing.HalfWidth(text), ExtensionMark);
        if (!Form().IsMatch(typed)) return null;
        // 0571-88889999-8001: the last group is an extension where the whole is no number.
        return (Parse(typed, region) ?? Parse(LastGroup().Replace(typed, ExtensionMark + "$1"), region)) is { } number ? Normal(number) : null;
    }

    /// <summary>National form for numbers of China, international form for others.</summary>
    public static string Display(string normal)
    {
        var (number, extension) = normal.Split(ExtensionMark, 2) is [var first, var second] ? (first, second) : (normal, null);
        if ((Mainland(number) ?? Dialled(number)) is not { } text) return normal;
        return extension is null ? text : $"{text} {(number.StartsWith(China, StringComparison.Ordinal) ? "转" : "ext.")} {extension}";
    }

    /// <summary>Mobile numbers, and those with an area code of two or three digits. Nearly all in a list are such, and the library's patterns cost more than the rest of the row.</summary>
    static string? Mainland(string number)
    {
        if (!number.StartsWith(China, StringComparison.Ordinal) || number.AsSpan(China.Length).ContainsAnyExceptInRange('0', '9')) return null;
        return number.AsSpan(China.Length) switch
        {
            ['1', >= '3', _, _, _, _, _, _, _, _, _] digits => $"{digits[..3]} {digits[3..7]} {digits[7..]}",
            ['1', '0', _, _, _, _, _, _, _, _] or ['2', _, _, _, _, _, _, _, _, _] => $"0{number.AsSpan(3, 2)} {number.AsSpan(5, 4)} {number.AsSpan(9)}",
            ['9', '5', ..] => null, // services of the whole country, no area code
            [>= '3', _, _, _, _, _, _, _, _, _, _] digits => $"0{digits[..3]} {digits[3..7]} {digits[7..]}",
            _ => null,
        };
    }

    static string? Dialled(string number) => Parse(number, DefaultRegion) is { } parsed
        ? Util.Format(parsed, number.StartsWith(China, StringComparison.Ordinal) ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL)
        : null;

    static PhoneNumber? Parse(string text, string region)
    {
        try
        {
            return Util.Parse(text, region) is { } number && Util.IsValidNumber(number) ? number : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    static string Normal(PhoneNumber number) =>
        Util.Format(number, PhoneNumberFormat.E164) + (number.HasExtension ? ExtensionMark + number.Extension : "");

    [GeneratedRegex(@"\s*(转|轉|分机|;ext=|ext\.?|x|#)\s*:?\s*", RegexOptions.IgnoreCase)] private static partial Regex ExtensionWord();
    [GeneratedRegex(@"^\(?\+?[0-9 ().\-]+(;ext=[0-9]{1,7})?$")] private static partial Regex Form();
    [GeneratedRegex(@"-\s*([0-9]{1,6})$")] private static partial Regex LastGroup();
}
