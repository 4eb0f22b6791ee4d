using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TcCrm.Platform.Modules;

/// <summary>
/// Marks every Razor page of a module with its feature. Route models know only paths, so the compiled views say whose they are.
/// Razor paths are one namespace over all assemblies: two pages at one path would hide each other, so they stop the start.
/// </summary>
public sealed class PageFeatures(ModuleCatalog modules, ApplicationPartManager parts) : IPageRouteModelConvention
{
    readonly Lazy<Dictionary<string, string?>> _featureByPath = new(() =>
    {
        var views = new ViewsFeature();
        parts.PopulateFeature(views);
        RefuseDuplicates(views);
        return views.ViewDescriptors.Where(v => v.Type is not null)
            .ToDictionary(v => v.RelativePath, v => modules.FeatureOf(PageModelOf(v.Type!)) ?? modules.FeatureOf(v.Type!), StringComparer.OrdinalIgnoreCase);
    });

    public void Apply(PageRouteModel model)
    {
        if (_featureByPath.Value.GetValueOrDefault(model.RelativePath) is not { } feature) return;
        foreach (var selector in model.Selectors) selector.EndpointMetadata.Add(new RequiresFeature(feature));
    }

    static void RefuseDuplicates(ViewsFeature views)
    {
        var twice = views.ViewDescriptors.GroupBy(v => v.RelativePath, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new InvalidOperationException($"The view '{twice.Key}' comes from {string.Join(" and ", twice.Select(v => v.Type?.Assembly.GetName().Name))}. A module keeps its pages in Areas/<Module>/Pages.");
    }

    static Type PageModelOf(Type page) =>
        page.IsAssignableTo(typeof(PageBase)) ? page.GetProperty("Model")?.PropertyType ?? page : page;
}
