using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Modules.ThirdParty;

namespace TcCrm.Platform.Modules;

/// <summary>Everything the loaded assemblies offer; built once, shared by all tenants.</summary>
public sealed class ModuleCatalog
{
    readonly Dictionary<string, FeatureInfo> _features = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> _standIns = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<Assembly, string> _moduleIds = [];
    readonly List<ModuleTrouble> _troubles = [];

    public ModuleCatalog(params IEnumerable<Assembly> assemblies)
    {
        AddFeatures(Platform, "");
        foreach (var assembly in assemblies) AddModule(assembly);
        Assemblies = [Platform, .. _moduleIds.Keys];
        Startups = [.. TypesOf<StartupBase>().Select(t => ((StartupBase)Activator.CreateInstance(t)!, FeaturesOf(t)))];
        RecordClasses = [.. TypesOf<Record>().Where(t => t.IsDefined(typeof(RecordAttribute)))];
        AlwaysEnabled = [.. _features.Values.Where(f => f.IsAlwaysEnabled && !f.DefaultTenantOnly).Select(f => f.Id)];
    }

    /// <summary>The modules that ship, the assemblies that the configuration names under <c>TcCrm:Modules</c>, and what lies in the folder <c>TcCrm:ModulesPath</c>.</summary>
    /// <exception cref="FileNotFoundException">One of those that are named is not installed.</exception>
    public static ModuleCatalog Installed(IConfiguration configuration, params IEnumerable<string> shipped) => DroppedModules.Join(
        configuration["TcCrm:ModulesPath"] ?? Path.Combine(AppContext.BaseDirectory, "modules"),
        [.. shipped.Concat(configuration.GetSection("TcCrm:Modules").Get<string[]>() ?? []).Distinct().Select(Assembly.Load)]);

    static Assembly Platform => typeof(ModuleCatalog).Assembly;

    /// <summary>The platform first: it is no module, but has record types and features of its own.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; }
    public IReadOnlyCollection<FeatureInfo> Features => _features.Values;
    public IReadOnlyList<string> AlwaysEnabled { get; }
    public IReadOnlyList<(StartupBase Startup, IReadOnlyList<string> Features)> Startups { get; }
    public IReadOnlyList<Type> RecordClasses { get; }
    /// <summary>What lies in the modules folder and is left out.</summary>
    public IReadOnlyList<ModuleTrouble> Troubles => _troubles;

    /// <summary>Also by the name of a feature elsewhere that one here stands for.</summary>
    public FeatureInfo? Find(string featureId) => _features.GetValueOrDefault(featureId) ?? (_standIns.TryGetValue(featureId, out var here) ? _features[here] : null);

    public string? FeatureOf(Type type) =>
        type.GetCustomAttributes<FeatureAttribute>().FirstOrDefault()?.Id ?? _moduleIds.GetValueOrDefault(type.Assembly);

    public IEnumerable<Type> TypesOf<T>() =>
        Assemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsAbstract: false, IsGenericType: false } && t.IsAssignableTo(typeof(T)));

    /// <summary>Runs every startup once and returns what they contribute.</summary>
    public IReadOnlyList<Contribution> Compose(IServiceCollection services)
    {
        var contributed = new List<Contribution>();
        foreach (var (startup, features) in Startups)
        {
            startup.ConfigureServices(services);
            startup.Contribute(new(services, features, contributed));
        }
        return contributed;
    }

    internal void Report(params IEnumerable<ModuleTrouble> troubles) => _troubles.AddRange(troubles);

    void AddModule(Assembly assembly)
    {
        if (assembly.GetCustomAttribute<ModuleAttribute>() is not { } module) return;
        var id = module.Id ?? assembly.GetName().Name!;
        _moduleIds.Add(assembly, id);
        _features.Add(id, new(id, module.Name, module.Description, module.Category, module.Dependencies, assembly, module.IsAlwaysEnabled, module.DefaultTenantOnly, module is ThemeAttribute));
        foreach (var elsewhere in module.StandsFor) _standIns.TryAdd(elsewhere, id);
        AddFeatures(assembly, module.Category);
    }

    void AddFeatures(Assembly assembly, string category)
    {
        foreach (var feature in assembly.GetCustomAttributes<FeatureAttribute>())
            _features.Add(feature.Id, new(feature.Id, feature.Name, feature.Description, feature.Category.Length > 0 ? feature.Category : category,
                feature.Dependencies, assembly, feature.IsAlwaysEnabled, feature.DefaultTenantOnly, IsTheme: false));
    }

    string[] FeaturesOf(Type startup) =>
        [FeatureOf(startup)!, .. startup.GetCustomAttribute<RequireFeaturesAttribute>()?.FeatureIds ?? []];
}
