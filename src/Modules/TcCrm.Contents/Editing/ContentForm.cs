using System.Text.Json.Nodes;
using TcCrm.Contents.Definitions;

namespace TcCrm.Contents.Editing;

/// <summary>One field of a form.</summary>
/// <param name="Texts">What the controls hold, see <see cref="FieldEditor.Read"/>.</param>
/// <param name="Error">In the user's language.</param>
public sealed record ContentInput(FieldShape Field, string Control, IReadOnlyList<string> Texts, IReadOnlyList<(string Value, string Label, int Depth)> Choices, string? Error)
{
    public string Text => Texts.FirstOrDefault("");
    public string Id => Field.Input.Replace('.', '_');
    public bool IsWide => Control is "body" or "lines";
}

/// <param name="Kept">Parts and fields of the item that cannot be edited here; they stay as they are.</param>
public sealed record ContentForm(TypeShape Type, IReadOnlyList<(string Label, IReadOnlyList<ContentInput> Inputs)> Parts, IReadOnlyList<string> Kept);

/// <summary>What a form came to: the changes to merge into the item, or problems by the name of the input.</summary>
public sealed record ContentChanges(JsonObject Json, IReadOnlyList<RecordProblem> Problems)
{
    /// <summary>The save was refused for a part, which is its own input.</summary>
    public ContentChanges Refused(BusinessRuleException refused) => this with { Problems = [new("c." + refused.Field, refused.Key, [.. refused.Args])] };
}
