using System.Text;

namespace TcCrm.Platform.Search;

/// <summary>Text as words for the index, and what a user types as its query. Both fold width and case.</summary>
static class SearchTerms
{
    /// <summary>The words to index, the record type first, then the last four digits of long numbers, which people know by heart.</summary>
    public static string Body(string recordType, string text)
    {
        var words = new StringBuilder(TypeWord(recordType));
        foreach (var word in Words(text))
        {
            words.Append(' ').Append(IsHan(word) ? string.Join(' ', word.EnumerateRunes()) : word);
            if (word.Length >= 7 && word.All(char.IsAsciiDigit)) words.Append(" t").Append(word.AsSpan(word.Length - 4));
        }
        return words.ToString();
    }

    /// <summary>Null when there is nothing to look for.</summary>
    public static string? Query(string recordType, string text, bool postgres)
    {
        var words = Words(text).Take(8).ToList();
        if (words.Count == 0) return null;
        var terms = words.Select(w => postgres ? PostgresTerm(w) : SqliteTerm(w)).Prepend(TypeWord(recordType));
        return string.Join(postgres ? " & " : " AND ", terms);
    }

    static string SqliteTerm(string word) => IsHan(word)
        ? '"' + string.Join(' ', word.EnumerateRunes()) + '"'
        : IsTail(word) ? $"({word}* OR t{word})" : word + "*";

    static string PostgresTerm(string word) => IsHan(word)
        ? "(" + string.Join(" <-> ", word.EnumerateRunes()) + ")"
        : IsTail(word) ? $"({word}:* | t{word})" : word + ":*";

    static bool IsTail(string word) => word.Length == 4 && word.All(char.IsAsciiDigit);

    static string TypeWord(string recordType) => "zz" + string.Concat(recordType.Where(char.IsAsciiLetterOrDigit));

    /// <summary>Runs of Han characters, and runs of other letters and digits.</summary>
    static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        var wasHan = false;
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
            var isHan = IsHan(rune);
            if (word.Length > 0 && (!Rune.IsLetterOrDigit(rune) || isHan != wasHan))
            {
                yield return word.ToString();
                word.Clear();
            }
            if (!Rune.IsLetterOrDigit(rune)) continue;
            word.Append(rune);
            wasHan = isHan;
        }
        if (word.Length > 0) yield return word.ToString();
    }

    static bool IsHan(string word) => Rune.TryGetRuneAt(word, 0, out var first) && IsHan(first);

    static bool IsHan(Rune rune) => rune.Value is >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
}
