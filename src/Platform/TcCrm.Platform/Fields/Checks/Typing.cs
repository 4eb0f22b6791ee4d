namespace TcCrm.Platform.Fields.Checks;

/// <summary>What Chinese input methods do to Latin text, undone.</summary>
public static class Typing
{
    const char FullWidthFirst = '\uFF01', FullWidthLast = '\uFF5E', IdeographicSpace = '\u3000';
    const int FullWidthOffset = '\uFF01' - '!';

    /// <summary>Full-width letters, digits and signs become ASCII; the ends are trimmed.</summary>
    public static string HalfWidth(string text) => string.Create(text.Length, text, static (into, from) =>
    {
        for (var i = 0; i < into.Length; i++) into[i] = HalfWidth(from[i]);
    }).Trim();

    /// <summary>A number as it is kept: half width, upper case, without the spaces and hyphens that people type to read it.</summary>
    public static string Code(string text) =>
        new([.. HalfWidth(text).Where(c => c != '-' && !char.IsWhiteSpace(c)).Select(char.ToUpperInvariant)]);

    static char HalfWidth(char c) => c switch
    {
        IdeographicSpace => ' ',
        >= FullWidthFirst and <= FullWidthLast => (char)(c - FullWidthOffset),
        _ => c,
    };
}
