using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TcCrm.Ui;

/// <summary><c>&lt;a nav-item="item"&gt;</c>: address, place and shortcut of an entry of the shell.</summary>
[HtmlTargetElement("a", Attributes = "nav-item")]
public sealed class NavItemTagHelper : TagHelper
{
    public NavItem NavItem { get; set; } = null!;

    /// <summary>The one of several copies that answers the shortcut.</summary>
    public bool WithKey { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("href", Links.Resolve(ViewContext.HttpContext, NavItem.Href));
        if (NavItem.IsCurrent)
            output.Attributes.SetAttribute("aria-current", "page");
        if (!WithKey || NavItem.Key is null)
            return;
        output.Attributes.SetAttribute("data-key", NavItem.Key);
        output.Attributes.SetAttribute("data-key-label", NavItem.Label);
    }
}
