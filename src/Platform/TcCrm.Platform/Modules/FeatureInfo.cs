using System.Reflection;
using TcCrm.Platform.Modules.ThirdParty;

namespace TcCrm.Platform.Modules;

/// <summary>One feature as its manifest states it. <paramref name="Name"/>, <paramref name="Description"/> and <paramref name="Category"/> are text keys.</summary>
public sealed record FeatureInfo(
    string Id, string Name, string Description, string Category, IReadOnlyList<string> Dependencies, Assembly Assembly,
    bool IsAlwaysEnabled, bool DefaultTenantOnly, bool IsTheme)
{
    public string Version => Assembly.GetCustomAttribute<ModuleAttribute>() is { Version.Length: > 0 } module ? module.Version : Assembly.GetName().Version!.ToString(3);
    /// <summary>It was put into the modules folder: nothing limits what its code may do.</summary>
    public bool IsThirdParty => ModuleLoadContext.Of(Assembly) is not null;
    public string? Author => Assembly.GetCustomAttribute<ModuleAttribute>()?.Author is { Length: > 0 } author ? author : null;
}
