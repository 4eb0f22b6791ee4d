using System.Collections.Frozen;

namespace TcCrm.Platform.Identity;

/// <summary>
/// The beginnings of leaked lists, Chinese habits included. A list of whole passwords would have to be long, because people put digits around a
/// common word; so what is left when digits and signs are taken off both ends is looked up as well, with and without the usual replacements.
/// </summary>
public static class CommonPasswords
{
    static readonly FrozenSet<string> Words = Read();

    public static bool Holds(string password)
    {
        var small = password.ToLowerInvariant();
        return IsCommon(small) || IsCommon(Unmasked(small));
    }

    static bool IsCommon(string password)
    {
        if (Words.Contains(password)) return true;
        var first = password.AsSpan().IndexOfAnyInRange('a', 'z');
        if (first < 0) return IsSequence(password);
        var last = password.AsSpan().LastIndexOfAnyInRange('a', 'z');
        var core = password[first..(last + 1)];
        return Words.Contains(core) || Words.Contains(Unmasked(core)) || core.Distinct().Count() < 3 || IsDoubled(core);
    }

    static bool IsDoubled(string word) => word.Length % 2 == 0 && word[..(word.Length / 2)] is var half && word.EndsWith(half, StringComparison.Ordinal) && Words.Contains(half);

    /// <summary>No letters at all: dates, telephone numbers and rows of digits are what such passwords are.</summary>
    static bool IsSequence(string digits) => digits.All(char.IsAsciiDigit) && digits.Length < 20;

    static string Unmasked(string password) => string.Concat(password.Select(c => c switch { '@' => 'a', '0' => 'o', '1' => 'i', '3' => 'e', '$' => 's', '5' => 's', '!' => 'i', _ => c }));

    static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("TcCrm.Platform.Identity.Passwords.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
