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

    public int Count(TenantState state) => registry.Ordered.Count(t => t.State == state);

    public async Task OnGetAsync(string? q, string? state, string? after, CancellationToken cancel)
    {
        (Query, State, Total) = (q?.Trim(), state, registry.Ordered.Count);
        var found = string.IsNullOrEmpty(Query) && State is null ? registry.Ordered : [.. registry.Ordered.Where(Fits)];
        var from = string.IsNullOrEmpty(after) ? 0 : FirstAfter(found, after);
        var names = recipes.All.ToDictionary(r => r.Header.Name, r => text[r.Header.DisplayName], StringComparer.OrdinalIgnoreCase);
        var rows = new List<TenantRow>();
        foreach (var each in found.Skip(from).Take(PageSize)) rows.Add(new(each, await SizeAsync(each, cancel), names.GetValueOrDefault(each.Recipe ?? "", each.Recipe ?? "")));
        Rows = rows;
        if (found.Count > PageSize) Pager = new(text["{0} to {1} of {2}", Math.Min(from + 1, found.Count), from + rows.Count, found.Count], PreviousHref(found, from), from + PageSize < found.Count ? Href(found[from + PageSize - 1].Name) : null);
    }

    /// <summary>The place behind a name, which may be gone meanwhile.</summary>
    static int FirstAfter(IReadOnlyList<Tenant> found, string after)
    {
        if (after == Tenant.DefaultName) return found is [{ IsDefault: true }, ..] ? 1 : 0;
        var (low, high) = (found is [{ IsDefault: true }, ..] ? 1 : 0, found.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(found[middle].Name, after) <= 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    string? PreviousHref(IReadOnlyList<Tenant> found, int from) => from switch
    {
        0 => null,
        <= PageSize => Href(""),
        _ => Href(found[from - PageSize - 1].Name),
    };

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

    string Href(string after) => $"~/host/tenants?after={Uri.EscapeDataString(after)}&q={Uri.EscapeDataString(Query ?? "")}&state={State}";
}
