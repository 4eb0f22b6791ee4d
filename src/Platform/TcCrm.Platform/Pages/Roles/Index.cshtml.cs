using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;

namespace TcCrm.Platform.Pages.Roles;

public sealed class IndexModel(CrmDbContext db, IText text) : PageModel
{
    public IReadOnlyList<(CrmRole Role, int Users)> Rows { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "q")] public string? Search { get; set; }
    /// <summary><c>enabled</c>, <c>disabled</c>, or nothing for all.</summary>
    [BindProperty(SupportsGet = true, Name = "state")] public string? State { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var counts = await db.UserRoles.GroupBy(m => m.RoleId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        Rows = [.. (await db.Roles.AsNoTracking().OrderBy(r => r.NormalizedName).ToListAsync(cancel)).Where(IsWanted).Select(r => (r, counts.GetValueOrDefault(r.Id)))];
    }

    /// <summary>Searched as they are shown, so in memory: names of the product are translated, and a company has some dozens.</summary>
    bool IsWanted(CrmRole role) => (State is not ("enabled" or "disabled") || role.IsEnabled == (State == "enabled"))
        && (string.IsNullOrWhiteSpace(Search) || text[role.Name!].Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase) || (role.Description.Length > 0 && text[role.Description].Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase)));
}
