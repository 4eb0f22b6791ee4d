using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Pages.Account;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Users;

public sealed class NewModel(UserAccounts accounts, PasswordMails mails, UserRights rights, CrmDbContext db, IText text) : PageModel
{
    [BindProperty(Name = "")] public UserForm Form { get; set; } = new();
    [BindProperty] public string? Password { get; set; }

    public IReadOnlyList<RoleChoice> Roles { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Roles = await RoleChoices.ReadAsync(db, rights, cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Roles = await RoleChoices.ReadAsync(db, rights, cancel);
        var password = string.IsNullOrEmpty(Password) ? null : Password;
        var user = new CrmUser { MustChangePassword = password is not null };
        Form.CopyTo(user);
        try
        {
            if (!ModelState.Add(await accounts.CreateAsync(user, password, [.. Form.Roles.Distinct()], cancel), text)) return await CreatedAsync(user, cancel);
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    async Task<IActionResult> CreatedAsync(CrmUser user, CancellationToken cancel)
    {
        if (user.PasswordHash is null) TempData[EditModel.LinkKey] = await mails.InviteAsync(user, cancel);
        HttpContext.ToastAfterRedirect(new(text["The user has been created."]));
        return LocalRedirect($"{Request.PathBase}/users/{user.Id}");
    }
}
