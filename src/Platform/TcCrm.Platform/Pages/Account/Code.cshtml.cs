using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Account;

/// <summary>The second step of signing in: where the right password leads those who have a second factor.</summary>
[AllowAnonymous]
public sealed class CodeModel(HandOver handOver, SecondStep step, SecondFactors factors, SignInLimits limits, TenantContext tenant, IText text) : PageModel
{
    public const string Recovery = "recovery";

    [BindProperty(SupportsGet = true)] public string? By { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    [BindProperty] public string? Code { get; set; }

    public bool IsRecoveryCode => By == Recovery;
    public string Company => tenant.Snapshot.Settings.SiteName;

    public async Task<IActionResult> OnGetAsync() => this.RefusesForeign(ReturnUrl, text) ? Page() : await handOver.ReadAsync(HttpContext, SignInStage.Code) is null ? Again() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await handOver.ReadAsync(HttpContext, SignInStage.Code) is not var (user, remember) || !user.TwoFactorEnabled) return Again();
        if (this.RefusesForeign(ReturnUrl, text)) return Page();
        if (await limits.WaitForTryAsync(TooManyTries.AddressOf(HttpContext), tenant.Snapshot.Tenant.Name, "code " + user.UserName, cancel) is { } wait)
        {
            ModelState.AddModelError(nameof(Code), TooManyTries.Refuse(HttpContext, wait, text));
            return Page();
        }
        var outcome = await step.CheckAsync(user, Code ?? "", IsRecoveryCode, cancel);
        if (outcome.Answer != CodeAnswer.Right)
        {
            ModelState.AddModelError(nameof(Code), outcome.Text(text));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        HandOver.Drop(HttpContext, SignInStage.Code);
        await Sessions.SignInAsync(HttpContext, user, remember);
        if (IsRecoveryCode) HttpContext.ToastAfterRedirect(new(text["{0} recovery codes are left.", await factors.CodesLeftAsync(user.Id, cancel)]));
        return LocalRedirect(string.IsNullOrEmpty(ReturnUrl) ? $"{Request.PathBase}/" : ReturnUrl);
    }

    public string Href(string? by) => $"{Request.PathBase}{SignInStage.Code.Path}" + QueryString.Create(new Dictionary<string, string?> { ["by"] = by, ["returnUrl"] = ReturnUrl }.Where(p => p.Value is not null));

    LocalRedirectResult Again() => LocalRedirect($"{Request.PathBase}/sign-in" + (string.IsNullOrEmpty(ReturnUrl) || !Links.IsLocal(ReturnUrl) ? default : QueryString.Create("returnUrl", ReturnUrl)));
}
