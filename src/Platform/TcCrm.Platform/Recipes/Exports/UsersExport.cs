using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Recipes.Exports;

/// <summary>Users without any way to sign in: whoever makes a tenant from the recipe invites them.</summary>
sealed class UsersExport(CrmDbContext db) : IRecipeExport
{
    public const string Users = nameof(Users);

    public IEnumerable<RecipePart> Parts => [new(Users, "Users, without passwords", ExportOrder.Users, IsData: true)];

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        var held = (await db.UserRoles.AsNoTracking().Join(db.Roles, u => u.RoleId, r => r.Id, (u, r) => new { u.UserId, r.Name }).ToListAsync(cancel)).ToLookup(r => r.UserId, r => r.Name!);
        var users = await db.Users.AsNoTracking().OrderBy(u => u.NormalizedUserName).ToListAsync(cancel);
        yield return new()
        {
            ["name"] = part.Id,
            [Users] = new JsonArray([.. users.Select(user => new JsonObject
            {
                ["UserName"] = user.UserName,
                ["DisplayName"] = user.DisplayName,
                ["Email"] = user.Email,
                ["EmailConfirmed"] = user.EmailConfirmed,
                ["PhoneNumber"] = user.PhoneNumber,
                ["IsEnabled"] = user.IsEnabled,
                ["RoleNames"] = new JsonArray([.. held[user.Id].Order(StringComparer.Ordinal).Select(n => JsonValue.Create(n))]),
            })]),
        };
    }
}
