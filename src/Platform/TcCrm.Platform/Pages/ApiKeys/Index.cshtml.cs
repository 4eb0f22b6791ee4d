using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Pages.Account;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Pages.ApiKeys;

[NotWhileViewing]
public sealed class IndexModel(Identity.ApiKeys keys, CrmDbContext db, PermissionList permissions, Access access, TimeProvider time, IText text) : PageModel
{
    const string TokenKey = "ApiKeyToken";
    const int Most = 200;

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? UserName { get; set; }
    [BindProperty] public int? Days { get; set; }
    [BindProperty] public bool IsLimited { get; set; }
    [BindProperty] public List<string> Permissions { get; set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public string? Token { get; private set; }
    public IReadOnlyList<string> Types => [.. access.Types.Select(t => t.Name).Order(StringComparer.Ordinal)];
    public IEnumerable<Permission> Others => permissions.All.Where(p => !Enum.GetNames<RecordRight>().Any(r => p.Name.StartsWith(r + "_", StringComparison.Ordinal)));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Token = TempData[TokenKey] as string;
        Response.Headers.CacheControl = "no-store";
        await LoadAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        try
        {
            TempData[TokenKey] = (await keys.CreateAsync(new(UserName ?? "", Name ?? "", Days, IsLimited ? Permissions : null), cancel)).ToString();
            return LocalRedirect($"{Request.PathBase}/api-keys");
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancel)
    {
        await keys.RevokeAsync(id, cancel);
        return LocalRedirect($"{Request.PathBase}/api-keys");
    }

    public string Local(DateTime? moment) => moment is null ? "–" : TimeZoneInfo.ConvertTimeFromUtc(moment.Value, db.Snapshot.Settings.Zone).ToMinute();

    /// <summary>A permission in words: of records <c>View · Customer</c>.</summary>
    public string LabelOf(string permission) =>
        permission.Split('_', 2) is [var right, var type] && access.TypeOf(type) is not null ? $"{text[right]} · {text[type]}"
        : permissions.All.FirstOrDefault(p => p.Name == permission) is { } known ? text[known.Description] : permission;

    async Task LoadAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var rows = await db.Set<ApiKey>().AsNoTracking().OrderByDescending(k => k.Id).Take(Most).Join(db.Users, k => k.UserId, u => u.Id, (k, u) => new { Key = k, User = u.UserName! }).ToListAsync(cancel);
        Rows = [.. rows.OrderByDescending(r => r.Key.Id).Select(r => new Row(r.Key, r.User, r.Key.IsValidAt(now)))];
    }

    public sealed record Row(ApiKey Key, string User, bool IsValid);
}
