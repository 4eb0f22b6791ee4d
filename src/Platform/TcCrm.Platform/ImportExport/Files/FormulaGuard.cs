using System.Text.RegularExpressions;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>
/// Keeps spreadsheet programs from running what a customer typed. A text that starts like a formula (= + - @, tab, line break,
/// and the full-width forms) gets an apostrophe in front; numbers such as -5 stay numbers. Reading takes the apostrophe off again:
/// a text that already was an apostrophe before such a character gets a second one, so that every text survives the round trip.
/// </summary>
public static partial class FormulaGuard
{
    public static string Add(string text) => LooksLikeFormula().IsMatch(text) && !Number().IsMatch(text) ? "'" + text : text;

    public static string Remove(string text) => text is ['\'', ..] && LooksLikeFormula().IsMatch(text) ? text[1..] : text;

    [GeneratedRegex(@"^'*[=+\-@\t\r\n＝＋－＠]", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeFormula();

    [GeneratedRegex(@"^[+-][0-9]+(\.[0-9]+)?%?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
