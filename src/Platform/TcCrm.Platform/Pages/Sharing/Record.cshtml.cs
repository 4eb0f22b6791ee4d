using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Pages.Account;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Sharing;

/// <summary>With whom a record is shared; a share more, a share less.</summary>
[RequiresRight(RecordRight.Share)]
public sealed class RecordModel(RecordAddress address, RecordShares shares, ShareTargets targets, Access access, IText text) : PageModel
{
    [BindProperty] public ShareForm With { get; set; } = new();
    [BindProperty] public bool MayEdit { get; set; }
    [BindProperty] public string? Until { get; set; }

    public RecordType Type => address.Type;
    public Record Record { get; private set; } = null!;
    public IReadOnlyList<RecordShare> Shares { get; private set; } = [];
    public ShareTargets Targets => targets;

    public bool IsOver(RecordShare share) => share.Until < access.Today;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var with = await targets.FindAsync(With, cancel);
        if (with is null) ModelState.AddModelError($"With.{With.Kind}", text["Choose one of the listed values."]);
        var isDay = DateOnly.TryParseExact(Until, "yyyy-MM-dd", out var day);
        if (!isDay && !string.IsNullOrWhiteSpace(Until)) ModelState.AddModelError("Until", text["Type a day such as 2026-12-31."]);
        try
        {
            if (ModelState.IsValid)
            {
                await shares.ShareAsync(Type, Record, with!, MayEdit, isDay ? day : null, cancel);
                return Done(text["Shared with {0}", with!.Name]);
            }
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid with, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (Shares.FirstOrDefault(s => s.WithId == with) is { } share) await shares.WithdrawAsync(Type, Record, new(share.WithKind, with, targets.NameOf(share.WithKind, with)), cancel);
        return Done(text["No longer shared"]);
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await address.FindAsync(cancel) is not { } record) return false;
        Record = record;
        await targets.LoadAsync(cancel);
        Shares = await shares.OfAsync(record.Id, cancel);
        await targets.LoadNamesAsync([.. Shares.Select(s => (s.WithKind, s.WithId))], cancel);
        return true;
    }

    RedirectResult Done(string said)
    {
        HttpContext.ToastAfterRedirect(new(said));
        return Redirect(Links.Resolve(HttpContext, RecordLinks.Share(Type, Record)));
    }
}
