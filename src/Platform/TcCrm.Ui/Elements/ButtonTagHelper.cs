using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TcCrm.Ui.Elements;

namespace TcCrm.Ui;

/// <summary>
/// <c>&lt;tc-button kind="primary" icon="plus" href="~/customers/new" key="c"&gt;New customer&lt;/tc-button&gt;</c>:
/// a link when it has an address, else a button (<c>type="submit"</c> unless given).
/// </summary>
[HtmlTargetElement("tc-button")]
public sealed class ButtonTagHelper(AssetMap assets) : TagHelper
{
    /// <summary><c>primary</c>, <c>ghost</c>, <c>danger</c> or nothing.</summary>
    public string? Kind { get; set; }
    public string? Icon { get; set; }
    public string? Href { get; set; }
    /// <summary><c>sm</c> or <c>lg</c>.</summary>
    public string? Size { get; set; }
    public string? Type { get; set; }
    /// <summary>Shortcut such as <c>c</c> or <c>g c</c>.</summary>
    public string? Key { get; set; }
    /// <summary>Name of a button that shows its icon alone.</summary>
    public string? Label { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = Href is null ? "button" : "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClasses("tc-btn", Kind, Size, Label is null ? null : "icon");
        if (Href is null)
            output.Attributes.SetAttribute("type", Type ?? "submit");
        else
            output.Attributes.SetAttribute("href", Links.Resolve(ViewContext.HttpContext, Href));
        if (Label is not null)
            output.Attributes.SetAttribute("aria-label", Label);
        if (!string.IsNullOrEmpty(Key))
            output.Attributes.SetAttribute("data-key", Key);
        if (!string.IsNullOrEmpty(Icon))
            output.PreContent.SetHtmlContent(assets.Icon(Icon));
    }
}
