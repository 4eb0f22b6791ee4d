using Microsoft.AspNetCore.Razor.TagHelpers;
using TcCrm.Ui.Elements;

namespace TcCrm.Ui;

/// <summary>Ties a control to the field around it. Outside a field it leaves the control alone.</summary>
[HtmlTargetElement("input", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select")]
[HtmlTargetElement("textarea")]
public sealed class ControlTagHelper : TagHelper
{
    static readonly string[] Plain = ["hidden", "submit", "button"];

    /// <summary>After the framework's helpers, which give id, name and type.</summary>
    public override int Order => 1000;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var type = output.Attributes["type"]?.Value?.ToString();
        if (!context.Items.TryGetValue(typeof(FieldContext), out var found) || found is not FieldContext field || Plain.Contains(type))
            return;
        if (output.Attributes["class"] is null)
            output.AddClasses(type switch { "checkbox" => "tc-check", "radio" => "tc-radio", _ => "tc-input" });
        if (field.IsGroup)
            return;
        foreach (var (name, value) in field.Attributes)
            if (!output.Attributes.ContainsName(name) || name == "id")
                output.Attributes.SetAttribute(name, value);
    }
}
