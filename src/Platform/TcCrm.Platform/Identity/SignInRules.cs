using Microsoft.AspNetCore.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>The tenant's rules for passwords and lock-out, from its settings.</summary>
public static class SignInRules
{
    public static IdentityOptions For(TenantSettings settings) => new()
    {
        Password = { RequiredLength = Number(settings, "PasswordLength", 10, 8, 64), RequireNonAlphanumeric = false, RequireUppercase = false, RequireLowercase = true, RequireDigit = true, RequiredUniqueChars = 5 },
        Lockout = { MaxFailedAccessAttempts = Number(settings, "LockoutTries", 5, 3, 20), DefaultLockoutTimeSpan = TimeSpan.FromMinutes(Number(settings, "LockoutMinutes", 15, 1, 1440)) },
        User = { RequireUniqueEmail = false, AllowedUserNameCharacters = "" },
        Tokens = { ProviderMap = { [TokenOptions.DefaultProvider] = new(typeof(DataProtectorTokenProvider<CrmUser>)), [InvitationTokens.Name] = new(typeof(InvitationTokens)) } },
    };

    static int Number(TenantSettings settings, string key, int otherwise, int min, int max) =>
        int.TryParse(settings[key]?.ToString(), out var number) ? Math.Clamp(number, min, max) : otherwise;
}
