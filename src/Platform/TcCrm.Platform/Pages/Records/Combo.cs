using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Pages.Records;

/// <summary>For <c>Fields/_Combo</c>: a box that searches while one types. Posts the id as <paramref name="Name"/> and the words as <c>name.text</c>, so that it works without script too.</summary>
/// <param name="Value">The id or code chosen so far.</param>
/// <param name="Shown">What it is called, or what was typed.</param>
public sealed record Combo(string Name, Field Field, string Value, string Shown)
{
    /// <summary>Needed where no label stands before the box.</summary>
    public string? Label { get; init; }
    public string? Error { get; init; }
    public string Id => Name.Replace('.', '_');
}
