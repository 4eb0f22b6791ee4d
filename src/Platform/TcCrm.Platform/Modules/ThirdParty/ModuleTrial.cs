using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Modules.ThirdParty;

/// <summary>Tries a module out beside those that were taken in before, so that one which cannot work never gets among them.</summary>
static class ModuleTrial
{
    /// <exception cref="BusinessRuleException">It cannot be taken in.</exception>
    public static Assembly Take(string folder, IReadOnlyList<Assembly> before)
    {
        var name = Path.GetFileName(folder);
        var file = Path.Combine(folder, name + ".dll");
        if (!File.Exists(file)) throw new BusinessRuleException("There is no {0} in its folder.", null, name + ".dll");
        BuiltFor.RefuseOther(file);
        try
        {
            var module = new ModuleLoadContext(file).LoadFromAssemblyPath(file);
            RefuseTaken(module, before);
            Compose(module, before);
            return module;
        }
        catch (Exception e) when (e is not BusinessRuleException)
        {
            throw new BusinessRuleException("It does not work: {0}", null, Innermost(e).Message);
        }
    }

    static void RefuseTaken(Assembly module, IReadOnlyList<Assembly> before)
    {
        if (!module.IsDefined(typeof(ModuleAttribute))) throw new BusinessRuleException("It is no module: it has no [assembly: Module].");
        var there = new ModuleCatalog(before);
        var alone = new ModuleCatalog(module);
        RefuseSame(alone.Features.Where(f => f.Assembly == module).Select(f => f.Id), there.Features.ToLookup(f => f.Id, f => f.Assembly, StringComparer.OrdinalIgnoreCase));
        RefuseSame(alone.RecordClasses.Where(t => t.Assembly == module).Select(CodeRecordTypes.NameOf), there.RecordClasses.ToLookup(CodeRecordTypes.NameOf, t => t.Assembly, StringComparer.OrdinalIgnoreCase));
        RefuseSame(ViewsOf(module), there.Assemblies.SelectMany(a => ViewsOf(a).Select(v => (Path: v, Assembly: a))).ToLookup(v => v.Path, v => v.Assembly, StringComparer.OrdinalIgnoreCase));
    }

    static void RefuseSame(IEnumerable<string> names, ILookup<string, Assembly> taken)
    {
        foreach (var name in names)
            if (taken[name].FirstOrDefault() is { } other)
                throw new BusinessRuleException("It brings '{0}', which {1} has already.", null, name, other.GetName().Name);
    }

    static IEnumerable<string> ViewsOf(Assembly assembly) => new CompiledRazorAssemblyPart(assembly) is IRazorCompiledItemProvider views ? views.CompiledItems.Select(i => i.Identifier) : [];

    /// <summary>Every class is loaded, every startup runs on services that nobody uses.</summary>
    static void Compose(Assembly module, IReadOnlyList<Assembly> before)
    {
        var all = new ModuleCatalog([.. before, module]);
        _ = new CodeRecordTypes(all);
        var services = new ServiceCollection();
        foreach (var (startup, features) in all.Startups.Where(s => s.Startup.GetType().Assembly == module))
        {
            startup.ConfigureServices(services);
            startup.Contribute(new(services, features, []));
        }
    }

    static Exception Innermost(Exception e) => e switch
    {
        ReflectionTypeLoadException types when types.LoaderExceptions.FirstOrDefault() is { } first => first,
        { InnerException: { } inner } => Innermost(inner),
        _ => e,
    };
}
