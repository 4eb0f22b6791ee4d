using System.Text.RegularExpressions;

namespace TcCrm.Platform.Fields.Checks;

/// <summary>Unified social credit code, 统一社会信用代码 (GB 32100-2015): two characters of authority and kind, six digits of the division, nine of the organisation, check character MOD 31-3.</summary>
public sealed partial class CreditCodeAttribute : FieldCheckAttribute
{
    /// <summary>Without I, O, S, V and Z, which are misread.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public override string Normalise(string value) => Typing.Code(value);

    public override string? Problem(string value)
    {
        if (value.Length != 18) return "A unified social credit code has 18 characters.";
        if (value.IndexOfAny(['I', 'O', 'S', 'V', 'Z']) >= 0) return "A unified social credit code never has the letters I, O, S, V or Z: check for 1, 0, 5 or 2.";
        if (!Form().IsMatch(value)) return "A unified social credit code has digits and capital letters only, and digits in places 3 to 8.";
        return CheckCharacter(value) == value[^1] ? null : "The unified social credit code has a typing error: its last character does not match the others.";
    }

    /// <summary>The 18th character that belongs to the first 17 of <paramref name="code"/>; the weights are the powers of 3 modulo 31.</summary>
    public static char CheckCharacter(string code)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in code.AsSpan(0, 17))
        {
            sum += Alphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - sum % 31) % 31];
    }

    [GeneratedRegex("^[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}$")] private static partial Regex Form();
}
