using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;

namespace TcCrm.Platform.Pages.Roles;

public sealed class IndexModel(CrmDbContext db) : PageModel
{
    public IReadOnlyList<(CrmRole Role, int Users)> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var counts = await db.UserRoles.GroupBy(m => m.RoleId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        Rows = [.. (await db.Roles.AsNoTracking().OrderBy(r => r.NormalizedName).ToListAsync(cancel)).Select(r => (r, counts.GetValueOrDefault(r.Id)))];
    }
}
