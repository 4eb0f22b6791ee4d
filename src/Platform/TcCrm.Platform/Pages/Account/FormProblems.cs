using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

static class FormProblems
{
    /// <summary>For <c>_FormSummary</c>: everything that is wrong, each line leading to its field.</summary>
    public static IReadOnlyList<FormProblem> Problems(this ModelStateDictionary state) =>
        [.. state.SelectMany(e => e.Value!.Errors.Select(error => new FormProblem(error.ErrorMessage, e.Key.Length == 0 ? null : TagBuilder.CreateSanitizedId(e.Key, "_"))))];

    /// <summary>True when there were any.</summary>
    public static bool Add(this ModelStateDictionary state, IEnumerable<RecordProblem> problems, IText text)
    {
        foreach (var problem in problems) state.AddModelError(problem.Field, problem.Message(text));
        return !state.IsValid;
    }

    public static void Add(this ModelStateDictionary state, BusinessRuleException refused, IText text) => state.AddModelError(refused.Field ?? "", refused.Text(text));
}
