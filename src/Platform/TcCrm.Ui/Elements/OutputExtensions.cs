using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TcCrm.Ui.Elements;

static class OutputExtensions
{
    /// <summary>Puts the kit's classes before those the page gave.</summary>
    public static void AddClasses(this TagHelperOutput output, params IEnumerable<string?> classes)
    {
        var given = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", string.Join(' ', classes.Append(given).Where(each => !string.IsNullOrEmpty(each))));
    }
}
