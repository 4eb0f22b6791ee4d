using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace TcCrm.Platform.Modules.ThirdParty;

/// <summary>What others have written: each module in a folder of the modules folder that is named as its assembly. It runs with the rights of the host.</summary>
static class DroppedModules
{
    /// <summary>Those that work beside the host's own; a module that does not is left out, and the catalogue says why.</summary>
    public static ModuleCatalog Join(string path, IReadOnlyList<Assembly> own)
    {
        var troubles = new List<ModuleTrouble>();
        var taken = new List<Assembly>();
        foreach (var folder in Directory.Exists(path) ? Directory.GetDirectories(path).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            try
            {
                taken.Add(ModuleTrial.Take(folder, [.. own, .. taken]));
            }
            catch (BusinessRuleException refused)
            {
                troubles.Add(new(Path.GetFileName(folder), refused));
            }
        }
        var joined = new ModuleCatalog([.. own, .. taken]);
        while (Lonely(joined, taken) is { } lonely)
        {
            taken.Remove(lonely.Assembly);
            troubles.Add(new(lonely.Assembly.GetName().Name!, new("It needs the feature '{0}', which is not installed.", null, lonely.Missing)));
            joined = new([.. own, .. taken]);
        }
        joined.Report(troubles);
        return joined;
    }

    /// <summary>The files of their <c>wwwroot</c>, at the address that those of the host's own modules have.</summary>
    public static void UseModuleFiles(this WebApplication app, ModuleCatalog modules)
    {
        foreach (var module in modules.Assemblies)
            if (ModuleLoadContext.Of(module) is { Folder: var folder } && Path.Combine(folder, "wwwroot") is var root && Directory.Exists(root))
                app.UseStaticFiles(new StaticFileOptions
                {
                    FileProvider = new PhysicalFileProvider(Path.GetFullPath(root)),
                    RequestPath = "/_content/" + module.GetName().Name,
                    OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
                });
    }

    /// <summary>The addresses of all modules; then the log says what is left out.</summary>
    public static void MapModules(this WebApplication app, ModuleCatalog modules)
    {
        foreach (var (startup, features) in modules.Startups)
        {
            try
            {
                startup.MapEndpoints(app.MapGroup("").WithMetadata(new RequiresFeature(features)));
            }
            catch (Exception e) when (ModuleLoadContext.Of(startup.GetType().Assembly) is { Name: var name })
            {
                modules.Report(new ModuleTrouble(name!, new("Its addresses cannot be mapped: {0}", null, e.Message)));
            }
        }
        foreach (var trouble in modules.Troubles)
            app.Logger.LogError("The module {Module} does not work here. {Reason}", trouble.Module, trouble.Reason.Message);
    }

    static (Assembly Assembly, string Missing)? Lonely(ModuleCatalog all, List<Assembly> taken)
    {
        foreach (var feature in all.Features.Where(f => taken.Contains(f.Assembly)))
            if (feature.Dependencies.FirstOrDefault(d => all.Find(d) is null) is { } missing) return (feature.Assembly, missing);
        return null;
    }
}
