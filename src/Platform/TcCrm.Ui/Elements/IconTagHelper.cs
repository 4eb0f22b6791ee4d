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
        output.Content.SetHtmlContent(assets.Icon(Name, string.Join(' ', new[] { Size == 16 ? null : $"s{Size}", Class }.OfType<string>())));
    }
}
