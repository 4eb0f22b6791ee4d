using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Errors;

/// <summary>Why there is no page. It stands inside the frame for a user of the tenant, alone for everybody else and after a failure.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, BeforePasswordChange, WhileViewing, ResponseCache(NoStore = true)]
public sealed class StatusModel(TenantContext tenant, CurrentUser user, IText text) : PageModel
{
    public int Code { get; private set; }
    public StatusPage Status { get; private set; } = null!;
    public bool IsFramed => tenant.HasTenant && user.IsSignedIn && Code < 500;

    public void OnGet(int code) => Say(code);
    public void OnPost(int code) => Say(code);

    /// <summary>The page that the browser says it came from, if it is one of this tenant.</summary>
    string? Form => Request.GetTypedHeaders().Referer is { } from && from.Authority == Request.Host.Value && new PathString(from.AbsolutePath).StartsWithSegments(Request.PathBase, out var page) ? $"~{page}{from.Query}" : null;

    void Say(int code)
    {
        Code = code is >= 400 and <= 599 ? code : 404;
        Response.StatusCode = Code;
        if (HttpContext.Features.Get<RefusedStep>() is { } refused) Status = StatusPages.Refused(Code, refused.Text, text);
        else if (Code == 400 && HttpMethods.IsPost(Request.Method)) Status = StatusPages.Stale(Form, text);
        else Status = StatusPages.For(Code, text, Code >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null);
    }
}
