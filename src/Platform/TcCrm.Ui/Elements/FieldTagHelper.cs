using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TcCrm.Ui.Elements;

namespace TcCrm.Ui;

/// <summary>
/// <c>&lt;tc-field for="Input.Name" label="@T["Name"]" hint="…"&gt;&lt;input asp-for="Input.Name"&gt;&lt;/tc-field&gt;</c>: label, control, hint and
/// error, tied together for screen readers. The control inside gets class, id, <c>aria-describedby</c>, <c>aria-invalid</c> and <c>required</c>;
/// with no control inside, a text box is drawn. <c>name</c> serves where there is no property to name.
/// </summary>
[HtmlTargetElement("tc-field")]
public sealed class FieldTagHelper(AssetMap assets, IHtmlGenerator generator) : TagHelper
{
    public ModelExpression? For { get; set; }
    public string? Name { get; set; }
    public string? Value { get; set; }
    /// <summary>Made from the name unless given; needed where a page has the same name twice.</summary>
    public string? ControlId { get; set; }
    public string Label { get; set; } = "";
    public string? Hint { get; set; }
    /// <summary>The model state's first message for the field unless given.</summary>
    public string? Error { get; set; }
    public bool? Required { get; set; }
    /// <summary>Several controls under one heading: radio buttons, check boxes.</summary>
    public bool Group { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Init(TagHelperContext context) => context.Items[typeof(FieldContext)] = Describe();

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var field = (FieldContext)context.Items[typeof(FieldContext)];
        var control = await output.GetChildContentAsync();
        output.TagName = Group ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClasses("tc-field");
        if (Group && field.DescribedBy is { } ids)
            output.Attributes.SetAttribute("aria-describedby", ids);
        output.Content.AppendHtml(Heading(field));
        output.Content.AppendHtml(control.IsEmptyOrWhiteSpace ? TextBox(field) : control);
        if (field.HasHint)
            output.Content.AppendHtml(Line("tc-hint", field.HintId, Hint!, icon: null));
        if (field.Error is not null)
            output.Content.AppendHtml(Line("tc-err", field.ErrorId, field.Error, "alert-circle"));
    }

    FieldContext Describe()
    {
        var name = Name ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For?.Name);
        var id = ControlId ?? TagBuilder.CreateSanitizedId(name, generator.IdAttributeDotReplacement);
        var error = !string.IsNullOrEmpty(Error) ? Error : (ViewContext.ModelState.TryGetValue(name, out var state) ? state.Errors.FirstOrDefault()?.ErrorMessage : null);
        return new(name, id, Required ?? For?.Metadata.IsRequired ?? false, !string.IsNullOrEmpty(Hint), string.IsNullOrEmpty(error) ? null : error, Group);
    }

    TagBuilder Heading(FieldContext field)
    {
        var heading = new TagBuilder(Group ? "legend" : "label");
        if (Group)
            heading.AddCssClass("label");
        else
            heading.MergeAttribute("for", field.Id);
        heading.InnerHtml.Append(Label);
        if (field.IsRequired)
            heading.InnerHtml.AppendHtml("<span class=\"req\" aria-hidden=\"true\">*</span>");
        return heading;
    }

    TagBuilder TextBox(FieldContext field)
    {
        var value = ViewContext.ModelState.TryGetValue(field.Name, out var state) && state.AttemptedValue is { } typed ? typed : Value ?? For?.Model?.ToString();
        var box = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        box.MergeAttribute("type", "text");
        box.MergeAttribute("name", field.Name);
        box.MergeAttribute("value", value);
        box.AddCssClass("tc-input");
        foreach (var (attribute, content) in field.Attributes)
            box.MergeAttribute(attribute, content);
        return box;
    }

    TagBuilder Line(string cssClass, string id, string text, string? icon)
    {
        var line = new TagBuilder("span");
        line.AddCssClass(cssClass);
        line.MergeAttribute("id", id);
        if (icon is not null)
            line.InnerHtml.AppendHtml(assets.Icon(icon));
        line.InnerHtml.Append(text);
        return line;
    }
}
