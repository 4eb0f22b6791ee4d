using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Shell;

/// <summary>What the current user may go to: entries and record types of the features that are on.</summary>
public sealed class Navigation(ITenantCatalogue catalogue, TenantContext tenant, Access access)
{
    readonly Dictionary<string, RecordType> _byHref = access.Types.ToDictionary(t => "~" + t.Path, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<MenuItem> Entries => field ??= [.. PlatformMenu.Items.Concat(tenant.Snapshot.Tenant.IsDefault ? PlatformMenu.HostItems : []).Concat(catalogue.Of<MenuItem>()).Concat(catalogue.Of<IMenuSource>().SelectMany(s => s.Items)).Concat(Made).Where(May).OrderBy(i => i.Order)];

    /// <summary>In the order of the menu, those without an entry last.</summary>
    public IReadOnlyList<RecordType> RecordTypes => field ??= [.. Entries.Select(i => _byHref.GetValueOrDefault(i.Href)).OfType<RecordType>()
        .Concat(_byHref.Values.OrderBy(t => t.Name, StringComparer.Ordinal)).Distinct()];

    /// <summary>Between what modules bring and the administration.</summary>
    IEnumerable<MenuItem> Made => _byHref.Values.Where(t => t.IsMade).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => new MenuItem("More records", t.PluralKey, t.Icon, "~" + t.Path, null, 800));

    bool May(MenuItem item) =>
        (item.Permission is null || access.May(item.Permission))
        && (_byHref.ContainsKey(item.Href) || !tenant.Snapshot.RecordTypes.Values.Any(t => item.Href.Equals("~" + t.Path, StringComparison.OrdinalIgnoreCase)));
}
