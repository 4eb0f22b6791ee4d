using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Pages.Account;
using TcCrm.Platform.Pages.Import;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Users;

/// <summary>Somebody leaves the company: what they leave behind, and who gets it.</summary>
public sealed class LeaveModel(UserManager<CrmUser> users, LeaveCompany leave, LeaveWatch watch, CrmDbContext db, IText text) : PageModel
{
    const int MostSuggested = 200;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public string? Successor { get; set; }

    public CrmUser Subject { get; private set; } = null!;
    public IReadOnlyList<LeftItem> Left { get; private set; } = [];
    /// <summary>While it is handed over behind the page.</summary>
    public JobProgress? Progress { get; private set; }
    public IReadOnlyList<CrmUser> Others { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        Progress = await watch.ProgressAsync(Id, cancel);
        if (ImportWatch.IsAsked(Request)) return ImportWatch.Answer(this, Progress);
        await ShowAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        try
        {
            var successor = await SuccessorAsync();
            var isDone = await leave.ExecuteAsync(Subject, successor, cancel);
            HttpContext.ToastAfterRedirect(new(isDone ? text["{0} is out, and everything is handed over.", Subject.Called] : text["{0} is out. The rest is handed over in the background.", Subject.Called]));
            return LocalRedirect($"{Request.PathBase}/users/{Id}/leave");
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        db.ChangeTracker.Clear();
        await LoadAsync(cancel);
        await ShowAsync(cancel);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    async Task<CrmUser?> SuccessorAsync()
    {
        if (string.IsNullOrWhiteSpace(Successor)) return null;
        return await users.FindByNameAsync(Successor.Trim()) ?? throw new BusinessRuleException("There is no user '{0}'.", "Successor", Successor);
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await db.Users.FindAsync([Id], cancel) is not { } user) return false;
        Subject = user;
        return true;
    }

    async Task ShowAsync(CancellationToken cancel)
    {
        Left = await leave.LeftAsync(Id, cancel);
        Others = await db.Users.AsNoTracking().Where(u => u.IsEnabled && u.Id != Id).OrderBy(u => u.NormalizedUserName).Take(MostSuggested).ToListAsync(cancel);
    }
}
