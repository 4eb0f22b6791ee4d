using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>A scope and what it lets an application do, in words.</summary>
public sealed record ScopeChoice(string Name, string Label, bool IsCritical);

/// <summary>The scopes that there are: what tokens may say of a user, and the tenant's permissions.</summary>
public sealed class ScopeWords(PermissionList permissions, TenantContext tenant, IText text)
{
    /// <summary>Those about the user; every application has <c>openid</c>, which says no more than who it is.</summary>
    public static readonly IReadOnlyList<string> AboutUsers = [Scopes.Profile, Scopes.Email, Scopes.Roles];

    /// <summary>In groups: about the user, for each type of record, functions.</summary>
    public IReadOnlyList<(string Label, IReadOnlyList<ScopeChoice> Scopes)> Groups()
    {
        var types = tenant.Snapshot.RecordTypes.Keys.Order(StringComparer.Ordinal).ToList();
        var ofTypes = types.Select(t => (text[t + ".plural"], Choices(Enum.GetValues<RecordRight>().Select(r => RecordPermissions.NameOf(r, t))))).ToList();
        var names = ofTypes.SelectMany(g => g.Item2).Select(s => s.Name).ToHashSet();
        return [(text["About the user"], Choices(AboutUsers)), .. ofTypes, (text["Functions"], Choices(permissions.All.Select(p => p.Name).Where(n => !names.Contains(n))))];
    }

    public bool Exists(string scope) => AboutUsers.Contains(scope) || permissions.All.Any(p => p.Name == scope);

    /// <summary>For the page that asks the user: what it is about and what may be done with it.</summary>
    public string Describe(string scope)
    {
        var cut = scope.IndexOf('_', StringComparison.Ordinal);
        return cut > 0 && tenant.Snapshot.RecordTypes.ContainsKey(scope[(cut + 1)..]) ? text["{0}: {1}", text[scope[(cut + 1)..] + ".plural"], LabelOf(scope)] : LabelOf(scope);
    }

    IReadOnlyList<ScopeChoice> Choices(IEnumerable<string> names) =>
        [.. names.Select(n => new ScopeChoice(n, LabelOf(n), permissions.All.Any(p => p.Name == n && p.IsSecurityCritical)))];

    string LabelOf(string scope) => scope switch
    {
        Scopes.OpenId => text["Know who you are"],
        Scopes.Profile => text["Your name and user name"],
        Scopes.Email => text["Your mail address"],
        Scopes.Roles => text["Your roles"],
        Scopes.OfflineAccess => text["Stay connected while you are away"],
        _ => text[permissions.All.FirstOrDefault(p => p.Name == scope)?.Description ?? scope],
    };
}
