using System.Globalization;
using System.Text;

namespace TcCrm.Platform.Definitions;

/// <summary>Names for programs, proposed from what people call a thing. Names of types and fields never change afterwards.</summary>
public static class TypeNames
{
    const int LongestNoun = 50;
    const int LongestField = 60;

    /// <summary><c>Spare part order</c> is <c>spare-part-order</c>; <c>type-1</c> where there are no Latin letters.</summary>
    public static string NounFor(string? english, Func<string, bool> isTaken)
    {
        var noun = string.Join('-', WordsOf(english).Select(w => w.ToLowerInvariant()));
        return noun.Length == 0 ? Free(n => $"type-{n}", isTaken) : Unused(Cut(noun, LongestNoun).TrimEnd('-'), "-", LongestNoun, isTaken);
    }

    /// <summary><c>Due date</c> is <c>DueDate</c>; <c>Field1</c> where there are no Latin letters.</summary>
    public static string FieldFor(string? english, Func<string, bool> isTaken)
    {
        var name = string.Concat(WordsOf(english).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        return name.Length == 0 ? Free(n => $"Field{n}", isTaken) : Unused(Cut(name, LongestField), "", LongestField, isTaken);
    }

    /// <summary>Letters and digits; the first begins with a letter.</summary>
    static IEnumerable<string> WordsOf(string? english)
    {
        var word = new StringBuilder();
        var isFirst = true;
        foreach (var sign in (english ?? "").Normalize(NormalizationForm.FormD).Where(s => CharUnicodeInfo.GetUnicodeCategory(s) != UnicodeCategory.NonSpacingMark).Append(' '))
        {
            if (char.IsAsciiLetter(sign) || (char.IsAsciiDigit(sign) && !(isFirst && word.Length == 0))) word.Append(sign);
            else if (word.Length > 0 && sign != '\'')
            {
                yield return word.ToString();
                word.Clear();
                isFirst = false;
            }
        }
    }

    static string Unused(string name, string joint, int longest, Func<string, bool> isTaken) =>
        !isTaken(name) ? name : Free(n => Cut(name, longest - 4) + joint + (n + 1).ToString(CultureInfo.InvariantCulture), isTaken);

    static string Free(Func<int, string> make, Func<string, bool> isTaken) => Enumerable.Range(1, 1000).Select(make).First(n => !isTaken(n));

    static string Cut(string name, int longest) => name.Length <= longest ? name : name[..longest];
}
