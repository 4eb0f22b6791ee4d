using System.Text.Json.Nodes;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;

namespace TcCrm.Contents.Editing;

/// <summary>How the values of one kind of field, or of a part that is a single value, are put into a form and taken from it.</summary>
/// <param name="Kind">Orchard Core's name of the field or part.</param>
abstract class FieldEditor(string Kind)
{
    public string Kind { get; } = Kind;

    /// <summary>The control that the page draws: a case of <c>_Input.cshtml</c>.</summary>
    public abstract string ControlOf(FieldShape field);

    /// <summary>What the controls hold: one text each, or one for each value chosen.</summary>
    public abstract IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context);

    /// <summary>The value as it goes into the item; null when a problem was added.</summary>
    public abstract JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context);
}

/// <summary>What editors need besides the field: the tenant's zone, what pickers offer, and a place for what is wrong.</summary>
sealed class EditContext(TimeZoneInfo zone)
{
    readonly Dictionary<string, IReadOnlyList<Choice>> _choices = [];

    public TimeZoneInfo Zone => zone;
    public List<RecordProblem> Problems { get; } = [];

    public IReadOnlyList<Choice> ChoicesOf(FieldShape field) => _choices.GetValueOrDefault(field.Input, []);

    public void Offer(FieldShape field, IReadOnlyList<Choice> choices) => _choices[field.Input] = choices;

    public JsonObject? Refuse(FieldShape field, string key, params object?[] args)
    {
        Problems.Add(new(field.Input, key, args));
        return null;
    }
}

/// <param name="Depth">Of a term in its tree.</param>
/// <param name="IsHeading">Stands there for those below it and cannot be chosen.</param>
public sealed record Choice(string Value, string Label, int Depth = 0, bool IsHeading = false);

/// <summary>One text under one key.</summary>
class TextEditor(string kind, string key, string control = "text", int longest = 4_000) : FieldEditor(kind)
{
    public override string ControlOf(FieldShape field) => control;

    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => [ContentJson.Text(value, key) ?? ""];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context)
    {
        var text = texts.FirstOrDefault("").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
        if (text.Length == 0 && field.IsRequired) return context.Refuse(field, "Fill in this field.");
        if (text.Length > longest) return context.Refuse(field, "This text is too long. {0} characters are allowed.", longest);
        return Check(text, field, context) ? new() { [key] = text } : null;
    }

    protected virtual bool Check(string text, FieldShape field, EditContext context) => true;
}
