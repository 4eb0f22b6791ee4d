using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary><c>{ "name": "Users", "Users": [{ "UserId", "UserName", "Email", "PasswordHash", "RoleNames", … }] }</c>, by <c>UserId</c>; without one by <c>UserName</c>.</summary>
public sealed class UsersStep(CrmDbContext db, ILookupNormalizer normalizer, UserRights rights, TimeProvider time) : IRecipeStep
{
    public string Name => "Users";

    public async Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var roles = await RolesAsync(cancel);
        foreach (var (user, path) in step.Items<UserBody>("Users"))
        {
            if (string.IsNullOrWhiteSpace(user.UserName) || user.UserName.Length > 256) step.Problem($"{path}.UserName", "Type a name of 1 to {0} characters.", 256);
            else if (!seen.Add(user.UserName)) step.Problem($"{path}.UserName", "The user '{0}' stands here twice.", user.UserName);
            else if (await IsTakenAsync(user, cancel)) step.Problem($"{path}.UserName", "Another user is called '{0}' already.", user.UserName);
            else step.Plan.Promise("user", user.UserName);
            if (user.PasswordHash is { } hash && !Base64.IsValid(hash)) step.Problem($"{path}.PasswordHash", "This is not the hash of a password.");
            for (var i = 0; i < (user.RoleNames?.Count ?? 0); i++)
                if (!roles.Contains(normalizer.NormalizeName(user.RoleNames![i])!) && !step.Plan.Promises("role", user.RoleNames[i])) step.Problem($"{path}.RoleNames[{i}]", "There is no role '{0}'.", user.RoleNames[i]);
        }
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var were = await rights.HoldAdministratorsAsync(cancel);
        foreach (var (body, _) in step.Items<UserBody>("Users"))
        {
            var user = await FindAsync(body, cancel) ?? New(body);
            Set(user, body);
            if (body.RoleNames is not null) await SetRolesAsync(user, body.RoleNames, cancel);
            await db.SaveChangesAsync(cancel);
        }
        await rights.RequireAdministratorAsync(were, cancel);
    }

    /// <summary>A tenant that is only thought of has no database yet, and the administrator's role alone.</summary>
    async Task<HashSet<string>> RolesAsync(CancellationToken cancel) =>
        IsThoughtOf ? [normalizer.NormalizeName(CrmRole.Administrator)] : [.. await db.Roles.Select(r => r.NormalizedName!).ToListAsync(cancel)];

    bool IsThoughtOf => db.Snapshot.Tenant.State == TenantState.Uninitialized;

    async Task<bool> IsTakenAsync(UserBody body, CancellationToken cancel)
    {
        if (IsThoughtOf) return false;
        var name = normalizer.NormalizeName(body.UserName);
        return body.UserId is { Length: > 0 } id && await db.Users.AnyAsync(u => u.NormalizedUserName == name && u.Id != ContentIds.ToGuid(id), cancel);
    }

    async Task<CrmUser?> FindAsync(UserBody body, CancellationToken cancel)
    {
        if (body.UserId is { Length: > 0 } id) return await db.Users.FindAsync([ContentIds.ToGuid(id)], cancel);
        var name = normalizer.NormalizeName(body.UserName);
        return await db.Users.FirstOrDefaultAsync(u => u.NormalizedUserName == name, cancel);
    }

    CrmUser New(UserBody body)
    {
        var user = new CrmUser { SecurityStamp = NewStamp(), LockoutEnabled = true, CreatedAt = time.GetUtcNow().UtcDateTime };
        if (body.UserId is { Length: > 0 } id) user.Id = ContentIds.ToGuid(id);
        return db.Add(user).Entity;
    }

    void Set(CrmUser user, UserBody body)
    {
        user.UserName = body.UserName;
        user.NormalizedUserName = normalizer.NormalizeName(body.UserName);
        user.Email = body.Email ?? user.Email;
        user.NormalizedEmail = normalizer.NormalizeEmail(user.Email);
        user.EmailConfirmed = body.EmailConfirmed ?? user.EmailConfirmed;
        if (body.PasswordHash is { } hash && hash != user.PasswordHash) (user.PasswordHash, user.SecurityStamp) = (hash, NewStamp());
        user.SecurityStamp = body.SecurityStamp ?? user.SecurityStamp;
        user.PhoneNumber = body.PhoneNumber ?? user.PhoneNumber;
        user.DisplayName = body.DisplayName ?? user.DisplayName;
        user.IsEnabled = body.IsEnabled ?? user.IsEnabled;
    }

    /// <summary>With another stamp whoever is signed in with the old password is out.</summary>
    static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    async Task SetRolesAsync(CrmUser user, IReadOnlyList<string> names, CancellationToken cancel)
    {
        var normalized = names.Select(normalizer.NormalizeName).ToList();
        var wanted = await db.Roles.Where(r => normalized.Contains(r.NormalizedName)).Select(r => r.Id).ToListAsync(cancel);
        var present = await db.UserRoles.Where(r => r.UserId == user.Id).ToListAsync(cancel);
        db.RemoveRange(present.Where(r => !wanted.Contains(r.RoleId)));
        db.AddRange(wanted.Except(present.Select(r => r.RoleId)).Select(id => new IdentityUserRole<Guid> { UserId = user.Id, RoleId = id }));
    }

    sealed record UserBody(string? UserId, string? UserName, string? Email, string? PasswordHash, IReadOnlyList<string>? RoleNames)
    {
        public string? DisplayName { get; init; }
        public bool? EmailConfirmed { get; init; }
        public bool? IsEnabled { get; init; }
        public string? SecurityStamp { get; init; }
        public string? PhoneNumber { get; init; }
    }
}
