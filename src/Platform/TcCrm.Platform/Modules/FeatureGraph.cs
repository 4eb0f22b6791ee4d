namespace TcCrm.Platform.Modules;

/// <summary>What enabling a feature pulls in and what stands in the way of disabling it.</summary>
public static class FeatureGraph
{
    /// <summary>The asked features, all they need and all that is always on. Unknown ids are left out: a tenant outlives a module that was taken away.</summary>
    public static HashSet<string> WithDependencies(this ModuleCatalog modules, IEnumerable<string> featureIds)
    {
        var enabled = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>(featureIds.Concat(modules.AlwaysEnabled));
        while (open.TryPop(out var id))
            if (modules.Find(id) is { } feature && enabled.Add(feature.Id))
                foreach (var dependency in feature.Dependencies) open.Push(dependency);
        return enabled;
    }

    /// <summary>Features that enabling <paramref name="featureId"/> would switch on besides itself.</summary>
    public static IReadOnlyList<FeatureInfo> PulledIn(this ModuleCatalog modules, string featureId, IReadOnlySet<string> enabled) =>
        [.. modules.WithDependencies([featureId]).Where(id => !enabled.Contains(id) && !id.Equals(featureId, StringComparison.OrdinalIgnoreCase)).Select(id => modules.Find(id)!)];

    /// <summary>Enabled features that need <paramref name="featureId"/>, directly or through others.</summary>
    public static IReadOnlyList<FeatureInfo> BlockedBy(this ModuleCatalog modules, string featureId, IReadOnlySet<string> enabled) =>
        [.. enabled.Where(id => !id.Equals(featureId, StringComparison.OrdinalIgnoreCase) && modules.Needs(id, featureId)).Select(id => modules.Find(id)!)];

    static bool Needs(this ModuleCatalog modules, string featureId, string dependency) =>
        Closure(modules, featureId).Contains(dependency, StringComparer.OrdinalIgnoreCase);

    static HashSet<string> Closure(ModuleCatalog modules, string featureId)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>(modules.Find(featureId)?.Dependencies ?? []);
        while (open.TryPop(out var id))
            if (found.Add(id))
                foreach (var dependency in modules.Find(id)?.Dependencies ?? []) open.Push(dependency);
        return found;
    }
}
