using System.Text.Json.Nodes;
using TcCrm.Contents.Definitions;

namespace TcCrm.Contents.Editing;

/// <summary>One field of a form.</summary>
/// <param name="Texts">What the controls hold, see <see cref="FieldEditor.Read"/>.</param>
/// <param name="Error">In the user's language.</param>
public sealed record ContentInput(FieldShape Field, string Control, IReadOnlyList<string> Texts, IReadOnlyList<Choice> Choices, string? Error)
{
    public string Text => Texts.FirstOrDefault("");
    public string Id => Field.Input.Replace('.', '_');
    public bool IsTree => Choices.Any(c => c.Depth > 0);
    public bool IsWide => Control is "body" or "lines";

    /// <summary>Says something to those who read only, beside the title above it.</summary>
    public bool IsRead => Field.Kind is not ("TitlePart" or "AliasPart" or "AutoroutePart" or "PublishLaterPart" or "LiquidPart" or "TaxonomyPart") && Texts.Any(t => t.Length > 0);
    /// <summary>Of a body, safe to show; null for all others.</summary>
    public string? Html => Field.Kind switch
    {
        "HtmlBodyPart" or "HtmlField" => SafeHtml.OfHtml(Text),
        "MarkdownBodyPart" or "MarkdownField" => SafeHtml.OfMarkdown(Text),
        _ => null,
    };

    /// <summary>For those who read only.</summary>
    public string Shown(IText text) => this switch
    {
        { Control: "check" } => text[Text == "true" ? "Yes" : "No"],
        { Choices.Count: > 0 } => string.Join(", ", Choices.Where(c => Texts.Contains(c.Value)).Select(c => c.Label)),
        _ => string.Join(" ", Texts.Where(t => t.Length > 0)),
    };
}

/// <param name="Kept">Parts and fields of the item that cannot be edited here; they stay as they are.</param>
public sealed record ContentForm(TypeShape Type, IReadOnlyList<ContentSection> Parts, IReadOnlyList<string> Kept);

/// <summary>One card of a form: the values of a part, and the items that lie in it.</summary>
public sealed record ContentSection(string Label, IReadOnlyList<ContentInput> Inputs, HeldList? Held = null);

/// <summary>The items inside a part, each with its own form.</summary>
/// <param name="Input">Under which their order is posted.</param>
/// <param name="Offered">Types that another may be of; for terms there is one, which may still be to choose.</param>
public sealed record HeldList(string Input, bool IsTree, IReadOnlyList<HeldForm> Items, IReadOnlyList<(string Type, string Label)> Offered)
{
    public string Id => Input.Replace('.', '_');
}

public sealed record HeldForm(HeldItem Item, string Title, ContentForm Form);

/// <summary>What a form came to: the changes to merge into the item, or problems by the name of the input.</summary>
public sealed record ContentChanges(JsonObject Json, IReadOnlyList<RecordProblem> Problems)
{
    /// <summary>The save was refused for a part, which is its own input.</summary>
    public ContentChanges Refused(BusinessRuleException refused) => this with { Problems = [new("c." + refused.Field, refused.Key, [.. refused.Args])] };
}
