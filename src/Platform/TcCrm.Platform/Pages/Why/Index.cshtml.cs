using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Why;

/// <summary>Why one can, or cannot, see a record or do something with it. Who manages roles may ask about everybody, but about no record out of their own sight.</summary>
public sealed class IndexModel(ExplainRights explain, RecordAddress records, Access access, CrmDbContext db, CurrentUser user, WhyWords words) : PageModel
{
    /// <summary>Those whose reach can be chosen; of the others the permission says all.</summary>
    public static readonly IReadOnlyList<RecordRight> Detailed = RoleNarrowings.Rights;

    [BindProperty(SupportsGet = true, Name = "type")] public string? TypeName { get; set; }
    [BindProperty(SupportsGet = true, Name = "record")] public string? Key { get; set; }
    /// <summary>A user name or an id; empty for oneself.</summary>
    [BindProperty(SupportsGet = true, Name = "user")] public string? Who { get; set; }

    public CrmUser? About { get; private set; }
    public IReadOnlyList<string> Roles { get; private set; } = [];
    public RecordType? Type { get; private set; }
    public Record? Record { get; private set; }
    public Explanation? Explained { get; private set; }
    /// <summary>The type belongs to a feature that is off.</summary>
    public bool IsOff { get; private set; }
    public bool IsOneself => About?.Id == user.Id;
    public bool MayAskAboutOthers => access.May(PlatformPermissions.ManageRoles);
    public bool MayView => About is { IsEnabled: true } && !IsOneself && !Roles.Contains(CrmRole.Administrator) && access.May(PlatformPermissions.ViewAsOthers);
    public IEnumerable<RecordType> Types => access.Types.OrderBy(t => t.Name, StringComparer.Ordinal);
    public WhyWords Words => words;
    /// <summary>That there is a hidden field is for those to know who make the rules.</summary>
    public IEnumerable<FieldExplained> Fields => Explained!.Fields.Where(f => MayAskAboutOthers || f.Level != FieldLevel.Hidden);

    public async Task<IActionResult> OnGetAsync([FromServices] CodeRecordTypes installed, CancellationToken cancel)
    {
        About = await FindUserAsync(cancel);
        if (About?.Id != user.Id && !MayAskAboutOthers) return NotFound();
        if (string.IsNullOrEmpty(TypeName)) return Page();
        Type = access.TypeOf(TypeName);
        IsOff = MayAskAboutOthers && Type is null && installed.All.Any(t => t.Name == TypeName && !db.Snapshot.Features.Contains(t.Feature));
        if (Type is null) return IsOff ? Page() : NotFound();
        if (!string.IsNullOrWhiteSpace(Key) && (Record = await records.FindAsync(Type, Key.Trim(), cancel)) is null) return NotFound();
        return About is null ? Page() : await ExplainAsync(About.Id, cancel);
    }

    async Task<IActionResult> ExplainAsync(Guid about, CancellationToken cancel)
    {
        Roles = [.. await db.UserRoles.Where(m => m.UserId == about).Join(db.Roles, m => m.RoleId, r => r.Id, (_, r) => r.Name!).OrderBy(n => n).ToListAsync(cancel)];
        Explained = await explain.ExecuteAsync(Type!.Name, Record, about, cancel);
        await words.LoadAsync(Type, Explained, cancel);
        return Page();
    }

    Task<CrmUser?> FindUserAsync(CancellationToken cancel)
    {
        var (id, name) = (string.IsNullOrWhiteSpace(Who) ? user.Id : Guid.TryParse(Who, out var given) ? given : null, Who?.Trim().ToUpperInvariant());
        return db.Users.AsNoTracking().FirstOrDefaultAsync(u => id != null ? u.Id == id : u.NormalizedUserName == name, cancel);
    }
}
