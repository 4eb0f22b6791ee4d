using System.Globalization;
using System.Text.RegularExpressions;
using TcCrm.Platform.Regions;

namespace TcCrm.Platform.Fields.Checks;

/// <summary>Identity card number of the People's Republic of China, 居民身份证号码 (GB 11643-1999): six digits of the division, date of birth, three of sequence, check character MOD 11-2 (ISO 7064).</summary>
public sealed partial class IdentityCardAttribute : FieldCheckAttribute
{
    const string CheckCharacters = "10X98765432";
    static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>83 stands on residence permits of people from Taiwan, whose division code elsewhere is 71.</summary>
    static readonly string[] Provinces = [.. Divisions.Children("").Select(r => r.Code[..2]), "83"];

    public override string Normalise(string value) => Typing.Code(value);

    public override string? Problem(string value)
    {
        if (OldForm().IsMatch(value)) return "This is an old 15-digit identity card number. Enter the 18 digits of the current card.";
        if (!Form().IsMatch(value)) return "An identity card number has 18 digits; the last one may be X.";
        if (!Provinces.Contains(value[..2])) return "The first two digits of the identity card number stand for no province.";
        if (!IsDateOfBirth(value[6..14])) return "Digits 7 to 14 of the identity card number are no date of birth.";
        return CheckCharacter(value) == value[^1] ? null : "The identity card number has a typing error: its last character does not match the others.";
    }

    /// <summary>The 18th character that belongs to the first 17 digits of <paramref name="digits"/>.</summary>
    public static char CheckCharacter(string digits) =>
        CheckCharacters[Weights.Select((weight, i) => weight * (digits[i] - '0')).Sum() % 11];

    // The tenant's zone is not known here; nobody is born later than today in the earliest zone.
    static bool IsDateOfBirth(string text) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
        && born.Year >= 1800
        && born <= DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(14).DateTime);

    [GeneratedRegex("^[0-9]{17}[0-9X]$")] private static partial Regex Form();
    [GeneratedRegex("^[0-9]{15}$")] private static partial Regex OldForm();
}
