using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

/// <summary>The cells of a list. Written directly: a partial for each of some hundred cells would cost more than all the rest of the page.</summary>
public sealed class RecordCells(RecordLabels labels, FieldContext context, IText text, PathString pathBase)
{
    const int ShownTags = 3;

    public static string? ClassOf(Field field, RecordType type) =>
        field == type.Title ? "title" : field.Kind.Name is "number" or "money" ? "num" : null;

    public IHtmlContent? Of(Field field, Record record) => field.Value(record) switch
    {
        null => null,
        Guid id when RecordLabels.Points(field) => Label(field, id),
        List<string> words => Tags(field, words),
        var value => new Plain(field.Kind.Show(value, field, context, text)),
    };

    /// <summary>The square with the first sign of the record's title, as <c>tc-avatar</c> draws it.</summary>
    public static IHtmlContent Avatar(string title) =>
        new HtmlContentBuilder().AppendHtml($"<span class=\"tc-av {Tones.Of(title)} sq m\" aria-hidden=\"true\">").Append(Initials.OfFirm(title)).AppendHtml("</span>");

    IHtmlContent? Label(Field field, Guid id)
    {
        if (labels.Of(field, id) is not { } label) return null;
        if (label.Href is null && field.LookupType is not null) return new Plain(label.Text);
        var html = new HtmlContentBuilder();
        return label.Href is { } href
            ? html.AppendHtml("<a class=\"tc-link\" href=\"").Append(pathBase + href[1..]).AppendHtml("\">").Append(label.Text).AppendHtml("</a>")
            : html.AppendHtml($"<span class=\"row g1\"><span class=\"tc-av {Tones.Of(label.Text)}\" aria-hidden=\"true\">").Append(Initials.OfPerson(label.Text)).AppendHtml("</span>").Append(label.Text).AppendHtml("</span>");
    }

    HtmlContentBuilder Tags(Field field, List<string> words)
    {
        var html = new HtmlContentBuilder();
        html.AppendHtml("<span class=\"row g1\">");
        foreach (var word in words.Take(ShownTags))
            html.AppendHtml("<span class=\"tc-tag line\">").Append(field.ChoiceType is null ? word : text[field.ChoiceKey(word)]).AppendHtml("</span>");
        if (words.Count > ShownTags) html.AppendHtml("<span class=\"muted t12\">+").Append((words.Count - ShownTags).ToString(System.Globalization.CultureInfo.CurrentCulture)).AppendHtml("</span>");
        return (HtmlContentBuilder)html.AppendHtml("</span>");
    }

    sealed class Plain(string value) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => encoder.Encode(writer, value);
    }
}
