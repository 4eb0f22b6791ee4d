using System.Text.RegularExpressions;

namespace TcCrm.Platform.Text;

/// <summary>The places of a text that the product fills in, such as <c>{0}</c>.</summary>
public static partial class TextPlaces
{
    /// <summary>A place, or a brace that belongs to none, which would break the text; null when the words can stand for the others.</summary>
    public static string? Foreign(string words, string product) => Of(words).Except(Of(product)).FirstOrDefault();

    public static IEnumerable<string> Of(string words) => Place().Matches(words).Select(m => m.Value).Distinct();

    [GeneratedRegex(@"\{\d+(:[^{}]*)?\}|[{}]")]
    private static partial Regex Place();
}
