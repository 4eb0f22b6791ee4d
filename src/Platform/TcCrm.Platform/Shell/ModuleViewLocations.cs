using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Shell;

/// <summary>
/// Lets the tenant's theme outbid any layout or partial, and its modules bring partials for the engine's pages: <c>Records/customers.customer/_Header</c>,
/// <c>Fields/money/_Edit</c>, view components. They lie in the assembly's own area; the theme outbids the modules, both outbid the platform.
/// </summary>
public sealed class ModuleViewLocations : IViewLocationExpander
{
    const string Key = "tccrm.areas";
    static readonly ConditionalWeakTable<TenantSnapshot, Areas> Known = [];
    static readonly string[] Shared = ["Records/", "Fields/", "Components/"];

    public void PopulateValues(ViewLocationExpanderContext context)
    {
        if (context.ActionContext.HttpContext.Features.Get<TenantSnapshot>() is not { } tenant) return;
        var areas = Known.GetValue(tenant, t => Areas.Of(t, context.ActionContext.HttpContext.RequestServices.GetRequiredService<ModuleCatalog>()));
        context.Values[Key] = IsShared(context.ViewName) ? areas.All : areas.Theme;
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
        context.Values.TryGetValue(Key, out var areas) && areas is { Length: > 0 }
            ? areas.Split('|').Select(area => $"/Areas/{area}/Pages/Shared/{{0}}.cshtml").Concat(viewLocations)
            : viewLocations;

    static bool IsShared(string view) => Array.Exists(Shared, s => view.StartsWith(s, StringComparison.Ordinal));

    /// <summary>Names of areas, joined by bars: of the theme alone, and of the theme and all modules behind it.</summary>
    sealed record Areas(string Theme, string All)
    {
        public static Areas Of(TenantSnapshot tenant, ModuleCatalog modules)
        {
            var features = tenant.Features.Select(modules.Find).OfType<FeatureInfo>().OrderBy(f => f.Id, StringComparer.Ordinal).ToList();
            var theme = features.Where(f => f.IsTheme && f.Id == tenant.Settings.Theme).ToList();
            return new(Joined(theme), Joined([.. theme, .. features.Where(f => !f.IsTheme)]));
        }

        static string Joined(IEnumerable<FeatureInfo> features) => string.Join('|', features.Select(f => f.Assembly.GetName().Name!.Split('.')[^1]).Distinct());
    }
}
