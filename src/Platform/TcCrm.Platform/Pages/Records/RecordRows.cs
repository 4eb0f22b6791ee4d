using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

/// <summary>The rows of a list, written in one go: Razor would take longer over them than over all the rest of the page.</summary>
/// <param name="canSelect">Each row begins with a box.</param>
public sealed class RecordRows(RecordList list, RecordCells cells, IText text, string? pathBase, bool canSelect) : IHtmlContent
{
    readonly RecordType _type = list.State.Type;
    readonly IReadOnlyList<(Field Field, string Start)> _columns = [.. list.Columns.Select(c => (c, $"                <td{Class(RecordCells.ClassOf(c, list.State.Type))}>"))];

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var tabIndex = "0";
        foreach (var record in list.Page.Items)
        {
            writer.Write($"          <tr tabindex=\"{tabIndex}\">\n");
            WriteRow(writer, encoder, record, _type.TitleOf(record));
            writer.Write("          </tr>\n");
            tabIndex = "-1";
        }
    }

    void WriteRow(TextWriter html, HtmlEncoder encoder, Record record, string title)
    {
        if (canSelect) html.Write($"              <td class=\"ck\"><input type=\"checkbox\" class=\"tc-check\" name=\"id\" value=\"{record.Id}\" aria-label=\"{encoder.Encode(text["Select {0}", title])}\"></td>\n");
        foreach (var (field, start) in _columns)
        {
            if (field == _type.Title)
            {
                WriteTitle(html, encoder, record, title);
                continue;
            }
            html.Write(start);
            cells.Write(html, encoder, field, record);
            html.Write("</td>\n");
        }
    }

    /// <summary>The square with the first sign of the title as <c>tc-avatar</c> draws it, and the way to the record.</summary>
    void WriteTitle(TextWriter html, HtmlEncoder encoder, Record record, string title)
    {
        html.Write($"                <th scope=\"row\" class=\"title\"><span class=\"row\"><span class=\"tc-av {Tones.Of(title)} sq m\" aria-hidden=\"true\">{encoder.Encode(Initials.OfFirm(title))}</span>");
        html.Write($"<a class=\"b5 clip nm\" href=\"{encoder.Encode(pathBase + RecordLinks.Of(_type, record)[1..])}\">{encoder.Encode(title.Length > 0 ? title : text["Without a name"])}</a></span></th>\n");
    }

    static string Class(string? name) => name is null ? "" : $" class=\"{name}\"";
}
