using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;

namespace TcCrm.Platform.Pages.Users;

public sealed class IndexModel(CrmDbContext db, TimeProvider time) : PageModel
{
    const int Size = 50;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public string? NextHref { get; private set; }
    public string? FirstHref => After is null ? null : Href(null);

    [BindProperty(SupportsGet = true, Name = "q")] public string? Search { get; set; }
    /// <summary><c>enabled</c>, <c>disabled</c>, or nothing for all.</summary>
    [BindProperty(SupportsGet = true, Name = "state")] public string? State { get; set; }
    [BindProperty(SupportsGet = true, Name = "after")] public string? After { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var users = await Matching().OrderBy(u => u.NormalizedUserName).Take(Size + 1).AsNoTracking().ToListAsync(cancel);
        if (users.Count > Size)
        {
            users.RemoveAt(Size);
            NextHref = Href(users[^1].NormalizedUserName);
        }
        var ids = users.Select(u => u.Id).ToList();
        var roles = (await db.UserRoles.Where(m => ids.Contains(m.UserId)).Join(db.Roles, m => m.RoleId, r => r.Id, (m, r) => new { m.UserId, r.Name }).ToListAsync(cancel)).ToLookup(r => r.UserId, r => r.Name!);
        Rows = [.. users.Select(u => new Row(u, [.. roles[u.Id].Order(StringComparer.Ordinal)], u.LockoutEnd > time.GetUtcNow()))];
    }

    IQueryable<CrmUser> Matching()
    {
        IQueryable<CrmUser> users = db.Users;
        if (!string.IsNullOrEmpty(After)) users = users.Where(u => u.NormalizedUserName!.CompareTo(After) > 0);
        if (State is "enabled" or "disabled") users = users.Where(u => u.IsEnabled == (State == "enabled"));
        if (string.IsNullOrWhiteSpace(Search)) return users;
        var (words, upper) = (Search.Trim(), Search.Trim().ToUpperInvariant());
        return users.Where(u => u.NormalizedUserName!.Contains(upper) || u.DisplayName.Contains(words) || u.NormalizedEmail!.Contains(upper));
    }

    string Href(string? after) => "~/users" + QueryString.Create(new Dictionary<string, string?> { ["q"] = Search, ["state"] = State, ["after"] = after }.Where(p => !string.IsNullOrEmpty(p.Value)));

    public sealed record Row(CrmUser User, IReadOnlyList<string> Roles, bool IsLocked);
}
