using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;

namespace TcCrm.Platform.Pages.Users;

static class RoleChoices
{
    public static async Task<IReadOnlyList<RoleChoice>> ReadAsync(CrmDbContext db, UserRights rights, CancellationToken cancel) =>
        [.. (await db.Roles.AsNoTracking().OrderBy(r => r.NormalizedName).ToListAsync(cancel)).Select(r => new RoleChoice(r.Name!, r.Description, rights.MayGive(r.Name!)))];
}
