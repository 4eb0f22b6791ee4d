using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Setup;

/// <summary>Problems of a posted form, at their fields and in the summary above.</summary>
public static class FormProblems
{
    /// <param name="prefix">Name of the bound property, such as <c>Form</c>.</param>
    public static void Add(this ModelStateDictionary state, string prefix, IEnumerable<RecordProblem> problems, IText text)
    {
        foreach (var (field, message) in problems.Select(p => (p.Field, p.Message(text))).Distinct())
            state.AddModelError(field.Length == 0 ? "" : $"{prefix}.{field}", message);
    }

    public static IReadOnlyList<FormProblem> Summary(this ModelStateDictionary state) =>
        [.. state.SelectMany(entry => entry.Value!.Errors.Select(e => new FormProblem(e.ErrorMessage, entry.Key.Length == 0 ? null : TagBuilder.CreateSanitizedId(entry.Key, "_"))))];
}
