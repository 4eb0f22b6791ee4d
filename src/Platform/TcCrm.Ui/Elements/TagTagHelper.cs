using Microsoft.AspNetCore.Razor.TagHelpers;
using TcCrm.Ui.Elements;

namespace TcCrm.Ui;

/// <summary><c>&lt;tc-tag tone="green" icon="check"&gt;Paid&lt;/tc-tag&gt;</c>. Without a tone it is an outlined tag.</summary>
[HtmlTargetElement("tc-tag")]
public sealed class TagTagHelper(AssetMap assets) : TagHelper
{
    public string? Tone { get; set; }
    public string? Icon { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.AddClasses("tc-tag", string.IsNullOrEmpty(Tone) ? "line" : "tone-" + Tone);
        if (!string.IsNullOrEmpty(Icon))
            output.PreContent.SetHtmlContent(assets.Icon(Icon));
    }
}
