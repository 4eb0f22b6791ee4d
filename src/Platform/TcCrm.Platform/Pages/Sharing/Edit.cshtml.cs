using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Pages.Account;
using TcCrm.Platform.Pages.Roles;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Sharing;

/// <summary>A sharing rule; <c>/sharing-rules/new</c> makes one, for a type that is chosen first.</summary>
public sealed class EditModel(SharingRules rules, ShareTargets targets, Access access, CrmDbContext db, IText text) : PageModel
{
    const int SpareRows = 2;

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty(SupportsGet = true, Name = "type")] public string? TypeName { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public bool IsEnabled { get; set; } = true;
    [BindProperty] public bool MayEdit { get; set; }
    [BindProperty] public ShareForm With { get; set; } = new();
    [BindProperty] public List<ConditionRow> Conditions { get; set; } = [];

    public RecordType? Type { get; private set; }
    public bool IsNew => Id == "new";
    public ShareTargets Targets => targets;
    public IEnumerable<RecordType> Types => access.Types.OrderBy(t => t.Name, StringComparer.Ordinal);
    IEnumerable<ConditionRow> Filled => Conditions.Where(c => !string.IsNullOrEmpty(c.Field));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (IsNew && string.IsNullOrEmpty(TypeName)) return Page();
        if (await LoadAsync(cancel) is not { } rule) return NotFound();
        if (!IsNew) (Name, IsEnabled, MayEdit, With) = (rule.Name, rule.IsEnabled, rule.MayEdit, await targets.FormOfAsync(rule.WithKind, rule.WithId, cancel));
        Conditions = [.. rule.ReadFilters().Select(ConditionRow.Of)];
        return Shown();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await LoadAsync(cancel) is not { } rule) return NotFound();
        Conditions = [.. Filled];
        var with = await targets.FindAsync(With, cancel);
        if (with is null) ModelState.AddModelError($"With.{With.Kind}", text["Choose one of the listed values."]);
        if (Conditions.Count == 0) ModelState.AddModelError("Conditions[0].Value", text["Add at least one condition."]);
        for (var row = 0; row < Conditions.Count; row++)
            if (await Conditions[row].ProblemAsync(Type!, db, text, cancel) is { } problem) ModelState.AddModelError($"Conditions[{row}].Value", problem);
        if (!ModelState.IsValid) return Refused();
        (rule.Name, rule.IsEnabled, rule.MayEdit, rule.WithKind, rule.WithId) = (Name?.Trim() ?? "", IsEnabled, MayEdit, with!.Kind, with.Id);
        rule.SetFilters(Conditions.Select(c => c.Filter(Type!)).OfType<FieldFilter>());
        return await AnswerAsync(() => rules.SaveAsync(rule, cancel), text["Saved"]);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) => IsNew || await LoadAsync(cancel) is not { } rule ? NotFound() : await AnswerAsync(async () =>
    {
        await rules.RemoveAsync(rule, cancel);
        return [];
    }, text["The rule has been removed."]);

    /// <summary>A rule that asks for fields which the acting user may not see is not theirs to change.</summary>
    async Task<SharingRule?> LoadAsync(CancellationToken cancel)
    {
        var rule = IsNew ? new SharingRule { Name = "", RecordType = TypeName ?? "" } : Guid.TryParse(Id, out var id) ? await rules.FindAsync(id, cancel) : null;
        Type = rule is null ? null : access.TypeOf(rule.RecordType);
        if (Type is null || rule!.ReadFilters().Any(f => Type.Find(f.Field) is null)) return null;
        await targets.LoadAsync(cancel);
        return rule;
    }

    async Task<IActionResult> AnswerAsync(Func<Task<IReadOnlyList<RecordProblem>>> step, string done)
    {
        try
        {
            if (!ModelState.Add(await step(), text))
            {
                HttpContext.ToastAfterRedirect(new(done));
                return LocalRedirect(Request.PathBase + "/sharing-rules");
            }
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        return Refused();
    }

    PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Shown();
    }

    /// <summary>Without a script a form grows by empty rows.</summary>
    PageResult Shown()
    {
        Conditions = [.. Filled, .. Enumerable.Range(0, SpareRows).Select(_ => new ConditionRow())];
        return Page();
    }
}
