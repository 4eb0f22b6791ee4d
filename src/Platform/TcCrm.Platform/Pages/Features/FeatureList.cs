using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Features;

/// <summary>One feature on the page.</summary>
/// <param name="PullsIn">What enabling it would switch on besides.</param>
/// <param name="NeededBy">What stands in the way of switching it off.</param>
public sealed record FeatureCard(FeatureInfo Feature, string Name, string Description, bool IsOn, IReadOnlyList<string> PullsIn, IReadOnlyList<string> NeededBy)
{
    public string DomId => "feature-" + Feature.Id.Replace('.', '-').ToLowerInvariant();
}

/// <summary>The features that this tenant is offered, by category. Themes are chosen elsewhere.</summary>
public sealed record FeatureList(string Search, int On, int All, IReadOnlyList<(string Category, IReadOnlyList<FeatureCard> Cards)> Categories)
{
    public static FeatureList Of(ModuleCatalog modules, TenantSnapshot tenant, string search, IText text)
    {
        var offered = modules.Features.Where(f => !f.IsTheme && (!f.DefaultTenantOnly || tenant.Tenant.IsDefault)).ToList();
        var cards = offered.Select(f => CardOf(f, modules, tenant, text)).Where(c => Fits(c, search.Trim())).ToList();
        var categories = cards.GroupBy(c => text[c.Feature.Category]).OrderBy(g => g.Key, StringComparer.CurrentCulture)
            .Select(g => (g.Key, (IReadOnlyList<FeatureCard>)[.. g.OrderBy(c => c.Name, StringComparer.CurrentCulture)]));
        return new(search, offered.Count(f => tenant.Features.Contains(f.Id)), offered.Count, [.. categories]);
    }

    static FeatureCard CardOf(FeatureInfo feature, ModuleCatalog modules, TenantSnapshot tenant, IText text) => new(
        feature, text[feature.Name], text[feature.Description], tenant.Features.Contains(feature.Id),
        [.. modules.PulledIn(feature.Id, tenant.Features).Select(f => text[f.Name])],
        [.. modules.BlockedBy(feature.Id, tenant.Features).Select(f => text[f.Name])]);

    static bool Fits(FeatureCard card, string search) =>
        search.Length == 0 || new[] { card.Name, card.Description, card.Feature.Id }.Any(t => t.Contains(search, StringComparison.CurrentCultureIgnoreCase));
}
