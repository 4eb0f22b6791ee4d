using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Pages.Account;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Roles;

/// <summary>A role with the matrix of its permissions; <c>/roles/new</c> makes one.</summary>
public sealed class EditModel(RoleAccounts accounts, PermissionList permissions, RoleNarrowings narrowings, TenantContext tenant, CrmDbContext db, IText text) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Description { get; set; }
    [BindProperty] public List<string> Granted { get; set; } = [];

    public CrmRole Role { get; private set; } = null!;
    public bool IsNew => Id == "new";
    public bool IsAdministrator => Role.Name == CrmRole.Administrator;
    public bool MayView => !IsNew && !IsAdministrator && HttpContext.RequestServices.GetRequiredService<Access>().May(PlatformPermissions.ViewAsOthers);
    public IReadOnlyList<string> Types => [.. tenant.Snapshot.RecordTypes.Keys.Order(StringComparer.Ordinal)];
    public IEnumerable<Permission> Others => permissions.All.ExceptBy(Types.SelectMany(t => Enum.GetValues<RecordRight>().Select(r => RecordPermissions.NameOf(r, t))), p => p.Name);

    ILookup<string, (RoleReach? Reach, FieldRule? Field)>? _narrowed;

    /// <summary>How the role is narrowed on the type, in a line.</summary>
    public string SummaryOf(string type) => RightsWords.Summary(_narrowed?[type] ?? [], tenant.Snapshot.RecordTypes[type].Class.IsAssignableTo(typeof(IOwned)), text);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        await ShowAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (!Role.IsProtected) Role.Name = Kept(Role.Name, Name);
        Role.Description = Kept(Role.Description, Description) ?? "";
        return await AnswerAsync(async () => ModelState.Add(await accounts.SaveAsync(Role, [.. permissions.All.Select(p => p.Name)], Granted, cancel), text), () => $"/roles/{Role.Id}");
    }

    public async Task<IActionResult> OnPostCopyAsync([FromServices] CopyRole copy, CancellationToken cancel)
    {
        if (IsNew || !await LoadAsync(cancel)) return NotFound();
        await ShowAsync(cancel);
        var made = Role;
        return await AnswerAsync(async () =>
        {
            made = await copy.ExecuteAsync(Role, text[Role.Name!], cancel);
            return false;
        }, () => $"/roles/{made.Id}");
    }

    public async Task<IActionResult> OnPostSecondFactorAsync([FromServices] RequireSecondFactor require, bool isRequired, CancellationToken cancel)
    {
        if (IsNew || !await LoadAsync(cancel)) return NotFound();
        await ShowAsync(cancel);
        return await AnswerAsync(async () =>
        {
            await require.ExecuteAsync(Role, isRequired, cancel);
            return false;
        }, () => $"/roles/{Role.Id}");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        await ShowAsync(cancel);
        return await AnswerAsync(async () =>
        {
            await accounts.RemoveAsync(Role, cancel);
            return false;
        }, () => "/roles");
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (IsNew) Role = new();
        else if (Guid.TryParse(Id, out var id) && await db.Roles.FindAsync([id], cancel) is { } found) Role = found;
        if (Role is not null && !IsNew) _narrowed = await narrowings.ReadAsync(Role.Id, cancel);
        return Role is not null;
    }

    async Task ShowAsync(CancellationToken cancel) => (Name, Description, Granted) = (Shown(Role.Name), Shown(Role.Description), [.. await accounts.PermissionsOfAsync(Role, cancel)]);

    string? Shown(string? words) => string.IsNullOrEmpty(words) ? words : text[words];

    /// <summary>Words of the product are shown translated; they stay what they are as long as nobody types others.</summary>
    string? Kept(string? words, string? typed) => typed?.Trim() is var trimmed && trimmed == Shown(words) ? words : trimmed;

    async Task<IActionResult> AnswerAsync(Func<Task<bool>> isRefused, Func<string> next)
    {
        try
        {
            if (!await isRefused())
            {
                HttpContext.ToastAfterRedirect(new(text["Saved"]));
                return LocalRedirect(Request.PathBase + next());
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
