namespace TcCrm.Platform.Data;

/// <summary>Patterns for <c>LIKE … ESCAPE '\'</c>.</summary>
public static class LikePattern
{
    public const string Escape = @"\";

    /// <summary>Matches what has these words in it; nothing in them is a wildcard.</summary>
    public static string Containing(string words) =>
        $"%{words.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal)}%";
}
