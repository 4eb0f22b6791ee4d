using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TcCrm.Ui;

/// <summary><c>&lt;body antiforgery&gt;</c>: every request that htmx or a script sends from this page carries the token as a header.</summary>
[HtmlTargetElement("body", Attributes = "antiforgery")]
public sealed class AntiforgeryBodyTagHelper(IAntiforgery antiforgery) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var tokens = antiforgery.GetAndStoreTokens(ViewContext.HttpContext);
        var headers = new Dictionary<string, string?> { [tokens.HeaderName ?? "RequestVerificationToken"] = tokens.RequestToken };
        output.Attributes.RemoveAll("antiforgery");
        output.Attributes.SetAttribute("hx-headers:inherited", JsonSerializer.Serialize(headers));
    }
}
