using TcCrm.Platform.Identity;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Permissions;

/// <summary>The one place that decides what the current user may do. Deny unless a role of theirs grants it.</summary>
public sealed class Access(TenantContext tenant, CurrentUser user)
{
    readonly Dictionary<string, bool> _decided = new(StringComparer.Ordinal);

    public bool May(RecordRight right, RecordType type) => May(RecordPermissions.NameOf(right, type.Name));

    public bool May(string permission)
    {
        if (_decided.TryGetValue(permission, out var decided)) return decided;
        return _decided[permission] = user.IsSystem || user.Roles.Any(role => role == CrmRole.Administrator || Grants(role, permission));
    }

    bool Grants(string role, string permission) =>
        tenant.Snapshot.RolePermissions.TryGetValue(role, out var granted) && granted.Contains(permission);
}

/// <summary>Every permission that exists in a tenant: the platform's, those of its record types, those its features contribute.</summary>
public sealed class PermissionList(ITenantCatalogue catalogue, TenantContext tenant)
{
    public IEnumerable<Permission> All =>
        PlatformPermissions.All.Concat(tenant.Snapshot.RecordTypes.Values.SelectMany(RecordPermissions.Of)).Concat(catalogue.Of<Permission>());

    /// <summary>The granted permissions and all that they imply.</summary>
    public static HashSet<string> WithImplied(IEnumerable<string> granted, IReadOnlyCollection<Permission> all)
    {
        var result = new HashSet<string>(granted, StringComparer.Ordinal);
        while (all.Where(p => !result.Contains(p.Name) && p.ImpliedBy.Any(result.Contains)).ToList() is { Count: > 0 } implied)
            result.UnionWith(implied.Select(p => p.Name));
        return result;
    }
}
