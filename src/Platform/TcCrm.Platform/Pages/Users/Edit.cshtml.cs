using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Mail;
using TcCrm.Platform.Pages.Account;
using TcCrm.Platform.Permissions;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Users;

public sealed class EditModel(UserManager<CrmUser> users, UserAccounts accounts, UserRights rights, CrmDbContext db, Access access, IText text) : PageModel
{
    public const string LinkKey = "InvitationLink";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(Name = "")] public UserForm Form { get; set; } = new();
    [BindProperty] public bool IsEnabled { get; set; }
    [BindProperty] public string? Password { get; set; }

    public CrmUser Subject { get; private set; } = null!;
    public IReadOnlyList<RoleChoice> Roles { get; private set; } = [];
    public SessionList Sessions { get; private set; } = null!;
    public string? InvitationLink { get; private set; }
    public bool MayExplain => access.May(PlatformPermissions.ManageRoles);
    public bool MayView => access.May(PlatformPermissions.ViewAsOthers) && Subject.Id != db.UserId && !Form.Roles.Contains(CrmRole.Administrator);
    public bool IsMailed { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromServices] MailSettings mail, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        (InvitationLink, IsMailed) = (TempData[LinkKey] as string, Subject.Email is not null && mail.Server is not null);
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        Form.CopyTo(Subject);
        Subject.IsEnabled = IsEnabled;
        return await AnswerAsync(() => accounts.SaveAsync(Subject, [.. Form.Roles.Distinct()], cancel), text["Saved"]);
    }

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        await ShowAsync();
        return await AnswerAsync(() => accounts.ResetPasswordAsync(Subject, Password ?? "", cancel), text["The password has been set."]);
    }

    public async Task<IActionResult> OnPostInviteAsync([FromServices] PasswordMails mails, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        await ShowAsync();
        return await AnswerAsync(async () =>
        {
            rights.RequireMayGive(Form.Roles);
            TempData[LinkKey] = await mails.InviteAsync(Subject, cancel);
            return [];
        }, text["The invitation is made."]);
    }

    public Task<IActionResult> OnPostSecondFactorAsync([FromServices] SecondFactors factors, CancellationToken cancel) =>
        RightfullyAsync(() => factors.ResetAsync(Subject, cancel), text["The second factor has been reset."], cancel);

    public Task<IActionResult> OnPostEndSessionAsync([FromServices] UserSessions sessions, Guid session, CancellationToken cancel) =>
        RightfullyAsync(() => sessions.EndAsync(Id, session, cancel), text["Signed out there."], cancel);

    public Task<IActionResult> OnPostEndSessionsAsync([FromServices] UserSessions sessions, CancellationToken cancel) =>
        RightfullyAsync(() => sessions.EndAllAsync(Id, User.SessionId(), cancel), text["Signed out there."], cancel);

    /// <summary>Nobody takes anything from a user who holds more rights.</summary>
    async Task<IActionResult> RightfullyAsync(Func<Task> step, string done, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        await ShowAsync();
        return await AnswerAsync(async () =>
        {
            rights.RequireMayGive(Form.Roles);
            await step();
            return [];
        }, done);
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await users.FindByIdAsync(Id.ToString()) is not { } user) return false;
        (Subject, Roles) = (user, await RoleChoices.ReadAsync(db, rights, cancel));
        var living = await HttpContext.RequestServices.GetRequiredService<UserSessions>().OfAsync(Id, cancel);
        Sessions = new(living, User.SessionId(), $"{Request.PathBase}/users/{Id}", db.Snapshot.Settings.Zone);
        return true;
    }

    async Task ShowAsync() => (Form, IsEnabled) = (UserForm.Of(Subject, await users.GetRolesAsync(Subject)), Subject.IsEnabled);

    async Task<IActionResult> AnswerAsync(Func<Task<IReadOnlyList<RecordProblem>>> step, string done)
    {
        try
        {
            if (!ModelState.Add(await step(), text))
            {
                HttpContext.ToastAfterRedirect(new(done));
                return LocalRedirect($"{Request.PathBase}/users/{Id}");
            }
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
