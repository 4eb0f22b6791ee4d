using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Mail;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Users;

/// <summary>Asks before a step for many users, and says what became of each.</summary>
public sealed class BatchModel(UserBatch batch, UserRights rights, CrmDbContext db, MailSettings mail, IText text) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "step")] public UserStep Step { get; set; }
    [BindProperty(SupportsGet = true, Name = "id")] public List<Guid> Ids { get; set; } = [];
    [BindProperty(SupportsGet = true, Name = "role")] public string? Role { get; set; }

    public BatchList List { get; private set; } = null!;
    public IReadOnlyList<RoleChoice> Roles { get; private set; } = [];
    public bool NeedsRole => Step is UserStep.AddRole or UserStep.RemoveRole;
    public bool HasRole => Roles.Any(r => r.Name == Role);
    public bool CannotMail => Step == UserStep.Invite && mail.Server is null;
    public string Title => text[$"UserStep.{Step}"];

    /// <summary>What the step means for each of them.</summary>
    public string Meaning => Step switch
    {
        UserStep.Enable => text["They may sign in again."],
        UserStep.Disable => text["They are signed out at once and cannot sign in; their API keys stop. Nothing of theirs is lost."],
        UserStep.AddRole => text["They get what the role gives at their next step."],
        UserStep.RemoveRole => text["They lose what only this role gives at their next step."],
        _ => text["Each gets a mail with a new link to set the password; earlier links end."],
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return BadRequest();
        List = new(NeedsRole && !HasRole ? [] : await batch.PlanAsync(Step, Ids, Role, cancel), IsDone: false);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || (NeedsRole && !HasRole) || CannotMail) return BadRequest();
        List = new(await batch.RunAsync(Step, Ids, Role, cancel), IsDone: true);
        HttpContext.ToastNow(new(text["{0} done, {1} refused", List.Done, List.Refused]));
        return Page();
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (NeedsRole) Roles = await RoleChoices.ReadAsync(db, rights, cancel);
        return ModelState.IsValid && Ids.Count is > 0 and <= UserBatch.Most;
    }
}

/// <summary>For <c>_BatchItems</c>: what will happen, or what has, to each.</summary>
public sealed record BatchList(IReadOnlyList<BatchItem> Items, bool IsDone)
{
    public int Done => Items.Count(i => i.Refusal is null);
    public int Refused => Items.Count - Done;
}
