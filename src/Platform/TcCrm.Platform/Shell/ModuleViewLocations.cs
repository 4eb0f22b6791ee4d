using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Shell;

/// <summary>
/// Lets a theme and the modules of the tenant bring partials for the engine's pages: <c>Records/customers.customer/_Header</c>,
/// <c>Fields/money/_Edit</c>, view components. They lie in the assembly's own area; the theme outbids the modules, both outbid the platform.
/// </summary>
public sealed class ModuleViewLocations : IViewLocationExpander
{
    const string Key = "tccrm.areas";
    static readonly ConditionalWeakTable<TenantSnapshot, string> Areas = [];
    static readonly string[] Shared = ["Records/", "Fields/", "Components/"];

    public void PopulateValues(ViewLocationExpanderContext context)
    {
        if (IsShared(context.ViewName) && context.ActionContext.HttpContext.Features.Get<TenantSnapshot>() is { } tenant)
            context.Values[Key] = Areas.GetValue(tenant, t => AreasOf(t, context.ActionContext.HttpContext.RequestServices.GetRequiredService<ModuleCatalog>()));
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
        context.Values.TryGetValue(Key, out var areas) && areas is { Length: > 0 }
            ? areas.Split('|').Select(area => $"/Areas/{area}/Pages/Shared/{{0}}.cshtml").Concat(viewLocations)
            : viewLocations;

    static bool IsShared(string view) => Array.Exists(Shared, s => view.StartsWith(s, StringComparison.Ordinal));

    static string AreasOf(TenantSnapshot tenant, ModuleCatalog modules) => string.Join('|', tenant.Features
        .Select(modules.Find).OfType<FeatureInfo>().Where(f => !f.IsTheme || f.Id == tenant.Settings.Theme)
        .OrderByDescending(f => f.IsTheme).ThenBy(f => f.Id, StringComparer.Ordinal)
        .Select(f => f.Assembly.GetName().Name!.Split('.')[^1]).Distinct());
}
