using TcCrm.Platform.Modules;

namespace TcCrm.Platform.Recipes;

/// <summary>Body of the step <c>feature</c>.</summary>
sealed record FeatureBody(IReadOnlyList<string>? Enable, IReadOnlyList<string>? Disable)
{
    /// <summary>The features that are on after this step, with what they pull in.</summary>
    public HashSet<string> ApplyTo(IReadOnlySet<string> features, ModuleCatalog modules)
    {
        var after = modules.WithDependencies(features.Concat(Enable ?? []));
        after.ExceptWith((Disable ?? []).Select(id => modules.Find(id)?.Id ?? id));
        return after;
    }
}
