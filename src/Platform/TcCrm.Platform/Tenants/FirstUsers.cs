using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Tenants;

/// <summary>Roles and users that every tenant begins with.</summary>
static class FirstUsers
{
    /// <summary>Without what people confuse: 0 O, 1 l I.</summary>
    const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <exception cref="SetupRefusedException">Identity refuses the user or the password.</exception>
    public static async Task<CrmUser> CreateAsync(IServiceProvider scope, TenantWish tenant, CancellationToken cancel)
    {
        var wish = tenant.Administrator;
        var roles = scope.GetRequiredService<RoleManager<CrmRole>>();
        Must(tenant, await roles.CreateAsync(new() { Name = CrmRole.Administrator, Description = "May do everything.", IsProtected = true }));
        var user = new CrmUser
        {
            UserName = wish.UserName.Trim(),
            DisplayName = wish.DisplayName?.Trim() ?? "",
            Email = string.IsNullOrWhiteSpace(wish.Email) ? null : wish.Email.Trim(),
            MustChangePassword = wish.MustChangePassword,
            CreatedAt = scope.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
        };
        var users = scope.GetRequiredService<UserManager<CrmUser>>();
        Must(tenant, await users.CreateAsync(user, wish.Password));
        Must(tenant, await users.AddToRoleAsync(user, CrmRole.Administrator));
        cancel.ThrowIfCancellationRequested();
        return user;
    }

    /// <summary>After the recipe, since its features bring permissions with them.</summary>
    public static async Task CreateStaffRoleAsync(IServiceProvider scope, TenantWish tenant, CancellationToken cancel)
    {
        var roles = scope.GetRequiredService<RoleManager<CrmRole>>();
        if (await roles.FindByNameAsync(PlatformPermissions.StaffRole) is { } brought)
        {
            brought.IsProtected = true;
            Must(tenant, await roles.UpdateAsync(brought));
            return;
        }
        var staff = new CrmRole { Name = PlatformPermissions.StaffRole, Description = "Works with the records of the company; changes no settings.", IsProtected = true };
        Must(tenant, await roles.CreateAsync(staff));
        foreach (var permission in scope.GetRequiredService<PermissionList>().All.Where(p => p.DefaultRoles.Contains(PlatformPermissions.StaffRole)))
            Must(tenant, await roles.AddClaimAsync(staff, new Claim(CrmRole.PermissionClaim, permission.Name)));
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>For users that a recipe brings: nobody could sign in as them otherwise.</summary>
    public static async Task GivePasswordsAsync(IServiceProvider scope, TenantWish wish, CancellationToken cancel)
    {
        var users = scope.GetRequiredService<UserManager<CrmUser>>();
        foreach (var user in await users.Users.Where(u => u.PasswordHash == null).OrderBy(u => u.Id).ToListAsync(cancel))
        {
            var password = NewPassword();
            Must(wish, await users.AddPasswordAsync(user, password));
            wish.Reveal!(new(wish.Name, string.Join(", ", await users.GetRolesAsync(user)), user.UserName!, password));
        }
    }

    public static string NewPassword()
    {
        while (true)
        {
            var password = RandomNumberGenerator.GetString(Letters, 16);
            if (password.Any(char.IsAsciiLetterLower) && password.Any(char.IsAsciiLetterUpper) && password.Any(char.IsAsciiDigit)) return password;
        }
    }

    static void Must(TenantWish tenant, IdentityResult result)
    {
        if (!result.Succeeded) throw new SetupRefusedException([.. result.Errors.Select(e => new RecordProblem(FieldOf(e.Code), e.Description))]) { Tenant = tenant.Name };
    }

    static string FieldOf(string code) =>
        code.StartsWith("Password", StringComparison.Ordinal) ? nameof(FirstUser.Password)
        : code.Contains("Email", StringComparison.Ordinal) ? nameof(FirstUser.Email)
        : nameof(FirstUser.UserName);
}
