using TcCrm.Platform.Records;

namespace TcCrm.Platform.Permissions;

/// <summary>What one may do with the records of a type; to reveal is to read the whole value of a masked field, which is audited; to share is to open a single record to others; to print is to have it as a page for paper, which is audited; to approve is to decide on a request about a record. The permission's name is <c>Edit_customers.customer</c>.</summary>
public enum RecordRight { View, Create, Edit, Delete, Export, Import, Reveal, Share, Print, Approve }

public static class RecordPermissions
{
    public static string NameOf(RecordRight right, string recordType) => $"{right}_{recordType}";

    /// <summary>The permissions that come with a record type. Whoever may change records may see them.</summary>
    public static IEnumerable<Permission> Of(RecordType type) => Enum.GetValues<RecordRight>().Select(right => new Permission(
        NameOf(right, type.Name), right.ToString(), right == RecordRight.View ? [.. Enum.GetValues<RecordRight>().Where(r => r != RecordRight.View).Select(r => NameOf(r, type.Name))] : [])
    {
        DefaultRoles = right is RecordRight.View or RecordRight.Create or RecordRight.Edit ? [PlatformPermissions.StaffRole] : [],
    });
}

/// <summary>Permissions of the platform itself.</summary>
public static class PlatformPermissions
{
    /// <summary>The plain role of a fresh tenant's staff.</summary>
    public const string StaffRole = "Staff";
    public const string ManageUsers = nameof(ManageUsers);
    public const string ManageRoles = nameof(ManageRoles);
    public const string ManageSharing = nameof(ManageSharing);
    public const string ManageFeatures = nameof(ManageFeatures);
    public const string ManageSettings = nameof(ManageSettings);
    public const string ManageTenants = nameof(ManageTenants);
    public const string ManageApiKeys = nameof(ManageApiKeys);
    public const string RunRecipes = nameof(RunRecipes);
    public const string ViewAudit = nameof(ViewAudit);
    public const string DefineTypes = nameof(DefineTypes);
    public const string ViewAsOthers = nameof(ViewAsOthers);
    public const string ShareViews = nameof(ShareViews);

    public static readonly IReadOnlyList<Permission> All =
    [
        new(ManageUsers, "Manage users") { IsSecurityCritical = true },
        new(ManageRoles, "Manage roles") { IsSecurityCritical = true },
        new(ManageSharing, "Manage sharing rules") { IsSecurityCritical = true },
        new(ManageFeatures, "Switch features on and off"),
        new(ManageSettings, "Change settings"),
        new(ManageTenants, "Manage tenants") { IsSecurityCritical = true },
        new(ManageApiKeys, "Manage API keys") { IsSecurityCritical = true },
        new(RunRecipes, "Run recipes") { IsSecurityCritical = true },
        new(ViewAudit, "View the audit log"),
        new(DefineTypes, "Make record types and fields"),
        new(ViewAsOthers, "Look as another user"),
        new(ShareViews, "Share views of lists"),
    ];
}
