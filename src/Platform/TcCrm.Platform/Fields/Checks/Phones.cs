using System.Text.RegularExpressions;
using PhoneNumbers;

namespace TcCrm.Platform.Fields.Checks;

/// <summary>Phone numbers: kept as E.164 with the extension behind (<c>+861088889999;ext=8001</c>), shown as people dial them.</summary>
public static partial class Phones
{
    public const string DefaultRegion = "CN";
    const int China = 86;
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
        if (Parse(number, DefaultRegion) is not { } parsed) return normal;
        var isChinese = parsed.CountryCode == China;
        var text = Util.Format(parsed, isChinese ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        return extension is null ? text : $"{text} {(isChinese ? "转" : "ext.")} {extension}";
    }

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
    [GeneratedRegex(@"^\+?[0-9 ().\-]+(;ext=[0-9]{1,7})?$")] private static partial Regex Form();
    [GeneratedRegex(@"-\s*([0-9]{1,6})$")] private static partial Regex LastGroup();
}
