using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Pages.Roles;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Privacy;
using TcCrm.Platform.Privacy.Retention;
using TcCrm.Platform.Records;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Privacy;

/// <summary>One rule of retention, with a look at what it would find before it is switched on.</summary>
[Permission(PrivacyPermissions.ManageRetention)]
public sealed class RuleModel(CrmDbContext db, ApplyRetention apply, SaveRetentionRule save, IText text) : PageModel
{
    const int SpareRows = 2;

    [BindProperty] public string Name { get; set; } = "";
    [BindProperty] public string Since { get; set; } = RetentionRule.LastChanged;
    [BindProperty, Range(1, 36_500)] public int Days { get; set; } = 1095;
    [BindProperty] public RetentionAction Action { get; set; }
    [BindProperty] public List<string> Fields { get; set; } = [];
    [BindProperty] public List<ConditionRow> Conditions { get; set; } = [];
    [BindProperty] public bool IsEnabled { get; set; }

    public RecordType Type { get; private set; } = null!;
    public RetentionRule? Rule { get; private set; }
    public RetentionPreview? Preview { get; private set; }
    public IEnumerable<Field> Dates => Type.Fields.Where(f => f.Kind.Name is "date" or "moment");
    public IEnumerable<Field> CanBeEmptied => Type.Fields.Where(f => !f.IsRequired && f.NumberPattern is null && !f.IsWhole && (f.Kind.IsMultiple || f.CanBeEmpty));

    public async Task<IActionResult> OnGetAsync(string id, string? type, CancellationToken cancel)
    {
        if (id == "new" && type is null) return this.Done("~/privacy");
        if (!await LoadAsync(id, type, cancel)) return NotFound();
        if (Rule is not null) (Name, Since, Days, Action, Fields, IsEnabled, Conditions) = (Rule.Name, Rule.Since, Rule.Days, Rule.Action, Rule.Fields, Rule.IsEnabled, [.. Rule.ReadFilters().Select(ConditionRow.Of)]);
        AddSpareRows();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? type, CancellationToken cancel)
    {
        if (!await LoadAsync(id, type, cancel)) return NotFound();
        if (!await CheckAsync(cancel)) return Again();
        await save.ExecuteAsync(Rule, Wanted(), cancel);
        return this.Done("~/privacy", new(text["{0} saved", Name]));
    }

    public async Task<IActionResult> OnPostPreviewAsync(string id, string? type, CancellationToken cancel)
    {
        if (!await LoadAsync(id, type, cancel)) return NotFound();
        if (!await CheckAsync(cancel)) return Again();
        Preview = await apply.PreviewAsync(Wanted(), cancel);
        AddSpareRows();
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, null, cancel) || Rule is null) return NotFound();
        await save.RemoveAsync(Rule, cancel);
        return this.Done("~/privacy", new(text["{0} removed", Rule.Name]));
    }

    async Task<bool> LoadAsync(string id, string? type, CancellationToken cancel)
    {
        if (id != "new" && (!Guid.TryParse(id, out var key) || (Rule = await db.Set<RetentionRule>().FindAsync([key], cancel)) is null)) return false;
        Type = db.Snapshot.RecordTypes.GetValueOrDefault(Rule?.RecordType ?? type ?? "")!;
        return Type is not null;
    }

    RetentionRule Wanted() => new()
    {
        Name = Name.Trim(),
        RecordType = Type.Name,
        Since = Since,
        Days = Days,
        Action = Action,
        IsEnabled = IsEnabled,
        Fields = Action == RetentionAction.EmptyFields ? Fields : [],
        Filters = Permissions.Conditions.Write(Filled.Select(c => c.Filter(Type)).OfType<FieldFilter>()),
    };

    IEnumerable<ConditionRow> Filled => Conditions.Where(c => !string.IsNullOrEmpty(c.Field));

    async Task<bool> CheckAsync(CancellationToken cancel)
    {
        Conditions = [.. Filled];
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 100) ModelState.AddModelError(nameof(Name), text["Fill in this field."]);
        if (Days is < 1 or > 36_500) ModelState.AddModelError(nameof(Days), text["Type a number from {0} to {1}.", 1, 36_500]);
        if (Since is not (RetentionRule.Created or RetentionRule.LastChanged) && !Dates.Any(f => f.Name == Since)) ModelState.AddModelError(nameof(Since), text["Choose one of the listed values."]);
        if (Action == RetentionAction.EmptyFields && (Fields.Count == 0 || !Fields.TrueForAll(n => CanBeEmptied.Any(f => f.Name == n)))) ModelState.AddModelError(nameof(Fields), text["Choose at least one field."]);
        for (var row = 0; row < Conditions.Count; row++)
            if (await ProblemOfAsync(Conditions[row], cancel) is { } problem) ModelState.AddModelError($"Conditions[{row}].Value", problem);
        return ModelState.IsValid;
    }

    async Task<string?> ProblemOfAsync(ConditionRow row, CancellationToken cancel)
    {
        if (row.Filter(Type) is not { } filter) return text["There is no field '{0}'.", row.Field];
        try
        {
            await Type.CountAsync(db, RecordQuery.All with { Filters = [filter] }, 1, cancel);
            return null;
        }
        catch (BadFilterException bad)
        {
            return text[bad.Key, [.. bad.Args]];
        }
    }

    PageResult Again()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        AddSpareRows();
        return Page();
    }

    /// <summary>Without a script a form grows by empty rows.</summary>
    void AddSpareRows() => Conditions = [.. Filled, .. Enumerable.Range(0, SpareRows).Select(_ => new ConditionRow())];
}
