using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Numbering;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Settings;

/// <param name="Error">What is wrong with the pattern that was typed.</param>
public sealed record NumberRuleForm(RecordType Type, string Pattern, NumberReset Reset, bool IsGapFree, string? Error)
{
    public string DomId => Type.Name.Replace('.', '-');
}

[Permission(PlatformPermissions.ManageSettings)]
public sealed class NumbersModel(CrmDbContext db, SaveNumberRule save, TimeProvider time, IText text) : PageModel
{
    public IReadOnlyList<NumberRuleForm> Rules { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => ReadAsync(null, cancel);

    public IActionResult OnGetExample(string pattern) => Content(Example(pattern ?? ""), "text/plain; charset=utf-8");

    public async Task<IActionResult> OnPostAsync(string type, string pattern, NumberReset reset, bool isGapFree, CancellationToken cancel)
    {
        if (db.Snapshot.RecordTypes.GetValueOrDefault(type ?? "") is not { Number: not null } known) return NotFound();
        try
        {
            await save.ExecuteAsync(known, pattern?.Trim() ?? "", reset, isGapFree, cancel);
            return this.Done("~/settings/numbers", new(text["{0} saved", text[known.PluralKey]]));
        }
        catch (BusinessRuleException refused)
        {
            await ReadAsync(new(known, pattern ?? "", reset, isGapFree, refused.Text(text)), cancel);
            return Page();
        }
    }

    /// <summary>What the 42nd number would be today in the tenant's zone, or what is wrong with the pattern.</summary>
    public string Example(string pattern)
    {
        try
        {
            return NumberPattern.Parse(pattern).Format(42, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), db.Snapshot.Settings.Zone).DateTime), "");
        }
        catch (BusinessRuleException refused)
        {
            return refused.Text(text);
        }
    }

    async Task ReadAsync(NumberRuleForm? typed, CancellationToken cancel)
    {
        var saved = await db.Set<NumberRule>().AsNoTracking().ToDictionaryAsync(r => r.RecordType, cancel);
        Rules = [.. db.Snapshot.RecordTypes.Values.Where(t => t.Number is not null).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t =>
            typed?.Type == t ? typed : saved.GetValueOrDefault(t.Name) is { } rule ? new(t, rule.Pattern, rule.Reset, rule.IsGapFree, null) : new NumberRuleForm(t, t.Number!.NumberPattern!, NumberReset.Never, true, null))];
    }
}
