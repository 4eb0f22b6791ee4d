using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Pages.Records;

/// <summary>A field that holds something, for <c>Fields/&lt;kind&gt;/_Display</c>.</summary>
public sealed record FieldView(Field Field, object Value, FieldContext Context)
{
    /// <summary>Neutral text.</summary>
    public string Text => Field.Kind.Format(Value, Field);
    public Guid Id => (Guid)Value;
    public IReadOnlyList<string> Words => Value as List<string> ?? [];
    public string Shown(IText text) => Field.Kind.Show(Value, Field, Context, text);
}
