using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Fields.Checks;
using TcCrm.Platform.Mail;
using TcCrm.Platform.Pages.Account;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Mail;

public sealed class IndexModel(MailSettings settings, IText text) : PageModel
{
    [BindProperty] public string? Host { get; set; }
    [BindProperty] public int Port { get; set; } = 587;
    [BindProperty] public MailSecurity Security { get; set; }
    [BindProperty] public string? UserName { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? From { get; set; }
    [BindProperty] public string? FromName { get; set; }
    [BindProperty] public string? BaseAddress { get; set; }
    [BindProperty] public string? TestAddress { get; set; }

    public bool HasPassword => settings.Own?.Password is not null;
    public bool UsesHost => settings.Own is not { Host.Length: > 0 } && settings.Server is not null;

    public void OnGet()
    {
        var own = settings.Own ?? new();
        (Host, Port, Security, UserName, From, FromName) = (own.Host, own.Port, own.Security, own.UserName, own.From, own.FromName);
        BaseAddress = settings.BaseAddress ?? $"{Request.Scheme}://{Request.Host}{Request.PathBase}";
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Check();
        if (!ModelState.IsValid) return Refused();
        var password = string.IsNullOrEmpty(Password) ? settings.Own?.Password : Password;
        await settings.SaveAsync(new() { Host = Host?.Trim() ?? "", Port = Port, Security = Security, UserName = UserName?.Trim(), Password = password, From = From?.Trim() ?? "", FromName = FromName?.Trim() }, BaseAddress!.Trim().TrimEnd('/'), cancel);
        return Done(text["Saved"]);
    }

    /// <summary>At once and not through the queue, so that what the server says can be shown.</summary>
    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        OnGet();
        if (settings.Server is not { } server) ModelState.AddModelError("", text["No mail server is set up."]);
        else if (Emails.TryNormalise(TestAddress ?? "") is not { } address) ModelState.AddModelError(nameof(TestAddress), text["This is not a mail address."]);
        else if (await TryAsync(server, address, cancel) is { } failure) ModelState.AddModelError("", text["The server says: {0}", failure]);
        return ModelState.IsValid ? Done(text["The test mail is sent."]) : Refused();
    }

    void Check()
    {
        if (Port is < 1 or > 65535) ModelState.AddModelError(nameof(Port), text["A port is a number from 1 to {0}.", 65535]);
        if (!string.IsNullOrWhiteSpace(Host) && Emails.TryNormalise(From ?? "") is null) ModelState.AddModelError(nameof(From), text["This is not a mail address."]);
        if (!Uri.TryCreate(BaseAddress, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) ModelState.AddModelError(nameof(BaseAddress), text["An address begins with http:// or https://."]);
    }

    async Task<string?> TryAsync(MailServer server, string address, CancellationToken cancel)
    {
        try
        {
            await SmtpDelivery.SendAsync(server, address, text["Test mail of TC-CRM"], text["The mail server is set up."], cancel);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return e.Message;
        }
    }

    LocalRedirectResult Done(string said)
    {
        HttpContext.ToastAfterRedirect(new(said));
        return LocalRedirect($"{Request.PathBase}/settings/mail");
    }

    PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
