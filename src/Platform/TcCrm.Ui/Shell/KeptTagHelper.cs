using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TcCrm.Ui;

/// <summary><c>&lt;kept in="Model.Kept" as="nav"&gt;</c>: its content is drawn once for that store and name. Whatever else it shows must be part of the name.</summary>
[HtmlTargetElement("kept")]
public sealed class KeptTagHelper(IAntiforgery antiforgery, HtmlEncoder encoder) : TagHelper
{
    /// <summary>Without a store the content is drawn at every request.</summary>
    public KeptHtml? In { get; set; }
    public string As { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (In is null) return;
        var token = antiforgery.GetAndStoreTokens(ViewContext.HttpContext).RequestToken!;
        if (In.Find(As, token) is not { } kept)
        {
            var html = (await output.GetChildContentAsync()).GetContent(encoder);
            In.Keep(As, html, token);
            kept = new HtmlString(html);
        }
        output.Content.SetHtmlContent(kept);
    }
}
