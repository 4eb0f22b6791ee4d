using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Modules;

/// <summary>All contributions of all installed features, in order of registration.</summary>
public sealed class ContributionList(IReadOnlyList<Contribution> all)
{
    /// <summary>What counts in a tenant with these features, by kind.</summary>
    public IReadOnlyDictionary<Type, Contribution[]> For(IReadOnlySet<string> features) => all
        .Where(c => c.Features.All(features.Contains))
        .GroupBy(c => c.Kind)
        .ToDictionary(g => g.Key, g => g.ToArray());
}

/// <summary>What the features of the current tenant contribute; the only way to such lists.</summary>
public sealed class TenantCatalogue(TenantContext tenant, IServiceProvider services) : ITenantCatalogue
{
    public IEnumerable<T> Of<T>() where T : class, IContribution =>
        tenant.Snapshot.Contributions.TryGetValue(typeof(T), out var entries)
            ? entries.Select(e => (T)(e.Instance ?? services.GetRequiredService(e.Implementation!)))
            : [];
}

/// <summary>A contract whose feature may be off: the implementation counts only if the feature that registered it is on.</summary>
public sealed class Optional<T>(TenantContext tenant, ModuleCatalog modules, IServiceProvider services) : IOptional<T> where T : class
{
    public T? Value =>
        services.GetService<T>() is { } found && (modules.FeatureOf(found.GetType()) is not { } feature || tenant.Snapshot.Features.Contains(feature)) ? found : null;
}
