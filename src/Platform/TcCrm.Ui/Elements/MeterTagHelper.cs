using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TcCrm.Ui.Elements;

namespace TcCrm.Ui;

/// <summary><c>&lt;tc-meter value="72" tone="amber" label="@T["Health"]" /&gt;</c>: a bar from 0 to 100. The number stands beside it.</summary>
[HtmlTargetElement("tc-meter", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MeterTagHelper : TagHelper
{
    public int Value { get; set; }
    public string Tone { get; set; } = "accent";
    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var width = Math.Clamp(Value, 0, 100).ToString(CultureInfo.InvariantCulture);
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClasses("tc-meter", "tone-" + Tone);
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        output.Attributes.SetAttribute("viewBox", "0 0 100 6");
        if (Label is null)
            output.Attributes.SetAttribute("aria-hidden", "true");
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", $"{Label} {width} %");
        }
        output.Content.SetHtmlContent($"<rect class=\"bg\" width=\"100\" height=\"6\"></rect><rect class=\"fg\" width=\"{width}\" height=\"6\"></rect>");
    }
}
