using System.Globalization;
using System.Text.Encodings.Web;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

/// <summary>What stands in the cells of a list. Written directly: a partial for each of some hundred cells would cost more than all the rest of the page.</summary>
public sealed class RecordCells(RecordLabels labels, FieldContext context, IText text, string? pathBase)
{
    const int ShownTags = 3;

    public static string? ClassOf(Field field, RecordType type) =>
        field == type.Title ? "title" : field.Kind.Name is "number" or "money" ? "num" : null;

    public void Write(TextWriter html, HtmlEncoder encoder, Field field, Record record)
    {
        switch (field.Value(record))
        {
            case null: break;
            case Guid id when RecordLabels.Points(field): WriteLabel(html, encoder, field, id); break;
            case List<string> words: WriteTags(html, encoder, field, words); break;
            case string choice when field.ChoiceTones.GetValueOrDefault(choice) is { } tone: WriteTag(html, encoder, "tone-" + tone, text[field.ChoiceKey(choice)]); break;
            case var value: encoder.Encode(html, field.Kind.Show(value, field, context, text)); break;
        }
    }

    void WriteLabel(TextWriter html, HtmlEncoder encoder, Field field, Guid id)
    {
        if (labels.Of(field, id) is not { } label) return;
        if (label.Href is null && field.LookupType is not null)
        {
            encoder.Encode(html, label.Text);
            return;
        }
        if (label.Href is { } href) html.Write($"<a class=\"tc-link\" href=\"{encoder.Encode(pathBase + href[1..])}\">{encoder.Encode(label.Text)}</a>");
        else html.Write($"<span class=\"row g1\"><span class=\"tc-av {Tones.Of(label.Text)}\" aria-hidden=\"true\">{encoder.Encode(Initials.OfPerson(label.Text))}</span>{encoder.Encode(label.Text)}</span>");
    }

    static void WriteTag(TextWriter html, HtmlEncoder encoder, string look, string word)
    {
        html.Write($"<span class=\"tc-tag {look}\">");
        encoder.Encode(html, word);
        html.Write("</span>");
    }

    void WriteTags(TextWriter html, HtmlEncoder encoder, Field field, List<string> words)
    {
        html.Write("<span class=\"row g1\">");
        foreach (var word in words.Take(ShownTags))
        {
            WriteTag(html, encoder, field.ChoiceTones.GetValueOrDefault(word) is { } tone ? "tone-" + tone : "line", !field.HasChoices ? word : text[field.ChoiceKey(word)]);
        }
        if (words.Count > ShownTags) html.Write(string.Create(CultureInfo.CurrentCulture, $"<span class=\"muted t12\">+{words.Count - ShownTags}</span>"));
        html.Write("</span>");
    }
}
