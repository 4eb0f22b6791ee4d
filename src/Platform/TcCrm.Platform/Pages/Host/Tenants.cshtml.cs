using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Host;

/// <summary>One row of the list.</summary>
public sealed record TenantRow(Tenant Tenant, long Bytes, string Recipe);

/// <summary>All companies of this host.</summary>
[Permission(PlatformPermissions.ManageTenants)]
public sealed class TenantsModel(TenantRegistry registry, TenantDatabases databases, TenantFolders folders, RecipeCatalogue recipes, TenantContext tenant, IText text) : PageModel
{
    const int PageSize = 50;

    public IReadOnlyList<TenantRow> Rows { get; private set; } = [];
    public string? Query { get; private set; }
    public string? State { get; private set; }
    public int Total { get; private set; }
    public Pager? Pager { get; private set; }
    public TenantSettings Settings => tenant.Snapshot.Settings;

    public int Count(params TenantState[] states) => registry.All.Count(t => states.Contains(t.State));

    public async Task OnGetAsync(string? q, string? state, int from, CancellationToken cancel)
    {
        (Query, State) = (q?.Trim(), state);
        var found = registry.All.Where(Fits).OrderBy(t => !t.IsDefault).ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        from = Math.Clamp(from, 0, Math.Max(0, found.Count - 1));
        Total = registry.All.Count;
        var rows = new List<TenantRow>();
        var names = recipes.All.ToDictionary(r => r.Header.Name, r => text[r.Header.DisplayName], StringComparer.OrdinalIgnoreCase);
        foreach (var each in found.Skip(from).Take(PageSize)) rows.Add(new(each, await SizeAsync(each, cancel), names.GetValueOrDefault(each.Recipe ?? "", each.Recipe ?? "")));
        Rows = rows;
        if (found.Count > PageSize) Pager = new(text["{0} to {1} of {2}", from + 1, from + rows.Count, found.Count], Href(from - PageSize, found.Count), Href(from + PageSize, found.Count));
    }

    bool Fits(Tenant each) =>
        (string.IsNullOrEmpty(Query) || each.Name.Contains(Query, StringComparison.OrdinalIgnoreCase) || each.Title?.Contains(Query, StringComparison.OrdinalIgnoreCase) == true || each.Host?.Contains(Query, StringComparison.OrdinalIgnoreCase) == true)
        && State switch
        {
            "attention" => each.State == TenantState.Invalid,
            "suspended" => each.State == TenantState.Disabled,
            _ => true,
        };

    async Task<long> SizeAsync(Tenant each, CancellationToken cancel) =>
        each.State == TenantState.Initializing ? 0 : await databases.EngineOf(each).SizeAsync(each.Store, cancel) + folders.SizeOf(each.Store);

    string? Href(int from, int count) =>
        from < 0 && from <= -PageSize || from >= count ? null : string.Create(CultureInfo.InvariantCulture, $"~/host/tenants?from={Math.Max(0, from)}&q={Uri.EscapeDataString(Query ?? "")}&state={State}");
}
