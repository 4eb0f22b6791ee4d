using System.Security.Cryptography;
using System.Text;

namespace TcCrm.Platform.Search;

/// <summary>
/// Text as terms for the index, and what a user types as its query. Both fold width and case. A term begins with the code of its record type, so that
/// a search reads nothing of other types; a run of Han characters is a term for each character with the two that follow it, so that up to three
/// in a row are the beginning of one term, however common each of them is.
/// </summary>
public static class SearchTerms
{
    const int Window = 3;
    /// <summary>SQLite has an index of the first characters of terms: the code and one, two or three more.</summary>
    public const string Prefixes = "5 6 7";
    const int CodeLength = 4;

    /// <summary>The terms to index; also the last four digits of long numbers, which people know by heart.</summary>
    public static string Body(string recordType, string text)
    {
        var (code, terms) = (CodeOf(recordType), new StringBuilder());
        foreach (var word in Words(text))
        {
            foreach (var term in IsHan(word) ? Windows(word) : [word]) terms.Append(code).Append(term).Append(' ');
            if (IsNumber(word)) terms.Append(code).Append('t').Append(word.AsSpan(word.Length - 4)).Append(' ');
        }
        return terms.ToString();
    }

    /// <summary>Null when there is nothing to look for.</summary>
    public static string? Query(string recordType, string text, bool postgres)
    {
        var code = CodeOf(recordType);
        var words = Wanted(text).Select(w => IsHan(w) ? HanTerm(code, w, postgres) : IsTail(w) ? Either(Start(code + w, postgres), $"{code}t{w}", postgres)
            : HasExitCode(w) ? Either(Start(code + w, postgres), Start(code + w[2..], postgres), postgres) : Start(code + w, postgres)).ToList();
        return words.Count == 0 ? null : string.Join(postgres ? " & " : " AND ", words);
    }

    /// <summary>Whether a text has all that is looked for, as the index would find it.</summary>
    public static bool IsIn(string text, string search)
    {
        var words = Words(text).ToList();
        return Wanted(search).All(wanted => words.Exists(w => IsHan(wanted) ? w.Contains(wanted, StringComparison.Ordinal)
            : w.StartsWith(wanted, StringComparison.Ordinal) || (HasExitCode(wanted) && w.StartsWith(wanted[2..], StringComparison.Ordinal)) || (IsTail(wanted) && w.Length >= 7 && w.EndsWith(wanted, StringComparison.Ordinal))));
    }

    /// <summary>Whether somebody typed a whole value, a phone number perhaps without the country.</summary>
    public static bool IsWhole(string text, string search)
    {
        var (value, wanted) = (string.Concat(Words(text)), string.Concat(Words(search)));
        if (HasExitCode(wanted)) wanted = wanted[2..];
        return wanted == value || (wanted.Length >= 7 && wanted.All(char.IsAsciiDigit) && value.Length - wanted.Length <= 3 && value.EndsWith(wanted, StringComparison.Ordinal));
    }

    /// <summary>What is looked for: a number typed in groups is one number.</summary>
    static IEnumerable<string> Wanted(string text)
    {
        var number = string.Concat(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(c => c is not (' ' or '-' or '(' or ')' or '+')));
        return IsNumber(number) ? [number] : Words(text).Take(8);
    }

    static string HanTerm(string code, string run, bool postgres)
    {
        var windows = Windows(run).ToList();
        if (windows.Count <= Window) return Start(code + run, postgres);
        var whole = windows.SkipLast(Window - 1).Select(w => code + w);
        return postgres ? $"({string.Join(" <-> ", whole)})" : $"\"{string.Join(' ', whole)}\"";
    }

    static string Start(string term, bool postgres) => term + (postgres ? ":*" : "*");

    static IEnumerable<string> Windows(string run)
    {
        var runes = run.EnumerateRunes().ToArray();
        return Enumerable.Range(0, runes.Length).Select(i => string.Concat(runes.Skip(i).Take(Window)));
    }

    /// <summary>Always as long, for <see cref="Prefixes"/>. Two types with one code would only share the bound on the hits.</summary>
    static string CodeOf(string recordType) =>
        string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(recordType)).Take(CodeLength).Select(b => (char)('a' + (b % 26))));

    /// <summary>The end of a phone number, or of an identity card number, whose last place may be X.</summary>
    static bool IsTail(string word) => word.Length == 4 && IsDigits(word);

    static bool IsNumber(string word) => word.Length >= 7 && IsDigits(word);

    static bool IsDigits(string word) => word.AsSpan(0, word.Length - 1).IndexOfAnyExceptInRange('0', '9') < 0 && (char.IsAsciiDigit(word[^1]) || word[^1] == 'x');

    /// <summary>00 in front of a country as people dial it, where the number is kept with a plus.</summary>
    static bool HasExitCode(string word) => word.Length >= 11 && word.StartsWith("00", StringComparison.Ordinal) && IsDigits(word);

    static string Either(string one, string other, bool postgres) => $"({one} {(postgres ? "|" : "OR")} {other})";

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
