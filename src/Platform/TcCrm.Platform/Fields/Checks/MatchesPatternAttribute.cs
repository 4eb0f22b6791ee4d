using System.Text.RegularExpressions;

namespace TcCrm.Platform.Fields.Checks;

/// <summary>The whole text matches a regular expression that a tenant has written, in time that grows with the text alone.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MatchesPatternAttribute(string pattern) : FieldCheckAttribute
{
    readonly Regex _pattern = new($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public string Pattern { get; } = pattern;

    public override string? Problem(string value) => _pattern.IsMatch(value) ? null : "This does not have the form that is wanted here.";

    /// <summary>Whether it is a regular expression that can be run in bounded time: no back references, no looking around.</summary>
    public static bool IsPattern(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
