using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Shell;

/// <summary>The platform's own entries of the side navigation; modules contribute theirs.</summary>
static class PlatformMenu
{
    const string Administration = "Administration";

    public static readonly IReadOnlyList<MenuItem> Items =
    [
        new("", "Home", "home", "~/", null, int.MinValue),
        new(Administration, "Features", "puzzle", "~/features", PlatformPermissions.ManageFeatures, 1010),
        new(Administration, "Recipes", "package", "~/recipes", PlatformPermissions.RunRecipes, 1011),
        new(Administration, "Settings", "settings", "~/settings", PlatformPermissions.ManageSettings, 1022),
        new(Administration, "Users", "users", "~/users", PlatformPermissions.ManageUsers, 1012),
        new(Administration, "Roles", "shield-lock", "~/roles", PlatformPermissions.ManageRoles, 1014),
        new(Administration, "Sharing rules", "share", "~/sharing-rules", PlatformPermissions.ManageSharing, 1015),
        new(Administration, "API keys", "key", "~/api-keys", PlatformPermissions.ManageApiKeys, 1016),
        new(Administration, "Record types", "forms", "~/types", PlatformPermissions.DefineTypes, 1017),
        new(Administration, "Audit log", "list-check", "~/audit", PlatformPermissions.ViewAudit, 1018),
        new(Administration, "Mail", "mail", "~/settings/mail", PlatformPermissions.ManageSettings, 1025),
        new(Administration, "Number rules", "hash", "~/settings/numbers", PlatformPermissions.ManageSettings, 1030),
    ];

    /// <summary>In the default tenant alone.</summary>
    public static readonly IReadOnlyList<MenuItem> HostItems = [new(Administration, "Tenants", "server", "~/host/tenants", PlatformPermissions.ManageTenants, 1000)];
}
