using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TcCrm.Ui;

/// <summary><c>&lt;tc-icon name="search" /&gt;</c>: a picture from the sprite, for the eye only.</summary>
[HtmlTargetElement("tc-icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper(AssetMap assets) : TagHelper
{
    public string Name { get; set; } = "";
    /// <summary>14, 18, 20 or 24; 16 unless given.</summary>
    public int Size { get; set; } = 16;
    public string? Class { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Svg(assets, Name, string.Join(' ', new[] { Size == 16 ? null : $"s{Size}", Class }.OfType<string>())));
    }

    internal static IHtmlContent Svg(AssetMap assets, string name, string more = "")
    {
        var content = new HtmlContentBuilder();
        content.AppendHtml("<svg class=\"").Append(more.Length == 0 ? "i" : "i " + more).AppendHtml("\" aria-hidden=\"true\"><use href=\"");
        return content.Append(assets.Icons).AppendHtml("#").Append(name).AppendHtml("\"></use></svg>");
    }
}
