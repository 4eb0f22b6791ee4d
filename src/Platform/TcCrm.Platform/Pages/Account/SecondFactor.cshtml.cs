using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

/// <summary>One's own authenticator app and recovery codes; also where those are led whose role asks for it.</summary>
[NotWhileViewing]
[BeforeSecondFactor]
public sealed class SecondFactorModel(UserManager<CrmUser> users, SecondFactors factors, FactorSecrets secrets, TenantContext tenant, SignInCheck check, IText text) : PageModel
{
    const string CodesKey = "RecoveryCodes";

    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Pending { get; set; }
    [BindProperty] public string? Password { get; set; }

    /// <summary>Null once it is on.</summary>
    public Enrolment? Enrolment { get; private set; }
    public IReadOnlyList<string>? NewCodes { get; private set; }
    public int CodesLeft { get; private set; }
    public bool IsRequired { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        NewCodes = TempData[CodesKey] is string json ? JsonSerializer.Deserialize<List<string>>(json) : null;
        await LoadAsync(user, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => AnswerAsync(
        async user => TempData[CodesKey] = JsonSerializer.Serialize(await factors.TurnOnAsync(user, Pending ?? "", Code ?? "", cancel)), text["The second factor is on."], cancel);

    public Task<IActionResult> OnPostCodesAsync(CancellationToken cancel) => AnswerAsync(async user =>
    {
        await check.RequireAsync(user, Password ?? "", cancel);
        TempData[CodesKey] = JsonSerializer.Serialize(await factors.RenewCodesAsync(user, cancel));
    }, text["New recovery codes are made."], cancel);

    public Task<IActionResult> OnPostOffAsync(CancellationToken cancel) => AnswerAsync(async user =>
    {
        await check.RequireAsync(user, Password ?? "", cancel);
        await factors.TurnOffAsync(user, cancel);
    }, text["The second factor is off."], cancel);

    async Task<IActionResult> AnswerAsync(Func<CrmUser, Task> step, string done, CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        try
        {
            await step(user);
            HttpContext.ToastAfterRedirect(new(done));
            return LocalRedirect($"{Request.PathBase}/account/second-factor");
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(user, cancel);
        return Page();
    }

    async Task LoadAsync(CrmUser user, CancellationToken cancel)
    {
        if (!user.TwoFactorEnabled) Enrolment = secrets.Again(user, tenant, Pending ?? "") ?? secrets.EnrolmentFor(user, tenant);
        else (CodesLeft, IsRequired) = (await factors.CodesLeftAsync(user.Id, cancel), await factors.IsRequiredAsync(user.Id, cancel));
    }
}
