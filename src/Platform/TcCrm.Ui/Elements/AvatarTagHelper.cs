using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TcCrm.Ui.Elements;

namespace TcCrm.Ui;

/// <summary><c>&lt;tc-avatar name="@user.Name" /&gt;</c>: initials on a colour that stays the same for the same name. The name itself stands beside it.</summary>
[HtmlTargetElement("tc-avatar", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AvatarTagHelper : TagHelper
{
    public string Name { get; set; } = "";
    /// <summary>Square, and the first sign instead of the last: a firm, a store, a product.</summary>
    public bool Square { get; set; }
    /// <summary><c>m</c> or <c>l</c>; small unless given.</summary>
    public string? Size { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClasses("tc-av", Tones.Of(Name), Square ? "sq" : null, Size);
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetContent(Square ? Initials.OfFirm(Name) : Initials.OfPerson(Name));
    }
}
