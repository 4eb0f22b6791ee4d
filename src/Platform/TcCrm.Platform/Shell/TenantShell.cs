using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Shell;

/// <summary>The frame around every page: this tenant's navigation, palette and theme for this user, in their language.</summary>
public sealed class TenantShell(TenantContext tenant, CurrentUser user, AssetMap assets, IText text) : IShell
{
    const int TabBarPlaces = 4;

    public ValueTask<ShellModel> ForAsync(HttpContext http)
    {
        if (!tenant.HasTenant) return new(new ShellModel { TenantName = "TC-CRM" });
        var settings = tenant.Snapshot.Settings;
        var bare = new ShellModel { TenantName = NameOf(tenant.Snapshot), StyleSheets = SheetsOf(settings.Theme) };
        if (!user.IsSignedIn) return new(bare);
        var navigation = http.RequestServices.GetRequiredService<Navigation>();
        var access = http.RequestServices.GetRequiredService<Access>();
        var groups = GroupsOf(navigation, http);
        return new(bare with
        {
            User = new(user.Name) { Menu = [new(text["Your account"], "~/account", "user"), new(text["Change the password"], "~/account/password", "key")] },
            Nav = groups,
            TabBar = [.. groups.SelectMany(g => g.Items).Take(TabBarPlaces)],
            Palette = [.. groups.SelectMany(g => g.Items).Select(i => new PaletteEntry(text["Go to"], i.Label, i.Href, i.Icon)), .. PaletteActions.Of(navigation, access, text)],
        });
    }

    static string NameOf(TenantSnapshot snapshot) =>
        snapshot.Settings.SiteName is var name && name != "TC-CRM" ? name : snapshot.Tenant.Title ?? name;

    /// <summary>A theme without a sheet of its own is the kit as it is.</summary>
    IReadOnlyList<string> SheetsOf(string theme) => assets[$"{theme}/theme.css"].EndsWith("/theme.css", StringComparison.Ordinal) ? [] : [$"{theme}/theme.css"];

    List<NavGroup> GroupsOf(Navigation navigation, HttpContext http)
    {
        var entries = navigation.Entries;
        var current = CurrentOf(entries, http.Request.Path);
        var keys = KeysOf(entries);
        return [.. entries.GroupBy(i => i.Group).Select(g => new NavGroup(
            g.Key.Length == 0 ? null : text[g.Key],
            [.. g.Select(i => new NavItem(text[i.Label], i.Href, i.Icon) { IsCurrent = i == current, Key = keys.GetValueOrDefault(i) })]))];
    }

    /// <summary>The entry with the longest address that the page's own begins with.</summary>
    static MenuItem? CurrentOf(IReadOnlyList<MenuItem> entries, PathString path) => entries
        .Where(i => i.Href == "~/" ? path == "/" : path.StartsWithSegments(i.Href[1..]))
        .MaxBy(i => i.Href.Length);

    /// <summary><c>g</c> and the first letter of the last part of the address, for the first entry with that letter.</summary>
    static Dictionary<MenuItem, string> KeysOf(IReadOnlyList<MenuItem> entries) => entries
        .Select(i => (Item: i, Word: i.Href == "~/" ? "home" : i.Href[(i.Href.LastIndexOf('/') + 1)..]))
        .Where(e => e.Word.Length > 0 && char.IsAsciiLetterLower(e.Word[0]))
        .DistinctBy(e => e.Word[0]).ToDictionary(e => e.Item, e => "g " + e.Word[0]);
}
