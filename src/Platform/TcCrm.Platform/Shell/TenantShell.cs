using System.Globalization;
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
        if (!user.IsSignedIn) return new(Bare());
        var navigation = http.RequestServices.GetRequiredService<Navigation>();
        var access = http.RequestServices.GetRequiredService<Access>();
        var creatable = PaletteActions.TypesOf(navigation, access);
        var current = CurrentOf(navigation.Entries, http.Request.Path);
        var shell = KeptShells.Of(tenant.Snapshot).Find(Shown(http, navigation, creatable), current?.Href, () => Drawn(navigation, creatable, current));
        return new(shell with { User = new(user.Name) { Menu = shell.User!.Menu }, Units = UnitsOf(access), Viewing = ViewingOf(http) });
    }

    /// <summary>Said by what is seen rather than by who sees it: users with the same rights share a frame, others never do.</summary>
    static string Shown(HttpContext http, Navigation navigation, IReadOnlyList<RecordType> creatable) => string.Join(' ',
        [CultureInfo.CurrentUICulture.Name, http.Request.PathBase.Value, .. navigation.Entries.Select(e => $"{e.Href} {e.Label}"), "+", .. creatable.Select(t => t.Name)]);

    ShellModel Drawn(Navigation navigation, IReadOnlyList<RecordType> creatable, MenuItem? current)
    {
        var groups = GroupsOf(navigation.Entries, current);
        return Bare() with
        {
            User = new("") { Menu = [new(text["Your account"], "~/account", "user"), new(text["Change the password"], "~/account/password", "key")] },
            Nav = groups,
            TabBar = [.. groups.SelectMany(g => g.Items).Take(TabBarPlaces)],
            Palette = [.. groups.SelectMany(g => g.Items).Select(i => new PaletteEntry(text["Go to"], i.Label, i.Href, i.Icon)), .. PaletteActions.Of(creatable, text)],
        };
    }

    ShellModel Bare() => new() { TenantName = NameOf(tenant.Snapshot), StyleSheets = SheetsOf(tenant.Snapshot.Settings.Theme) };

    ShellViewing? ViewingOf(HttpContext http)
    {
        if (!user.IsViewing || http.User.ViewedUntil() is not { } until) return null;
        var who = user.ViewedUnit is { } unit ? $"{text[user.Name]} · {unit.Name}" : user.Id == Guid.Empty ? text[user.Name] : user.Name;
        return new(who, TimeZoneInfo.ConvertTimeFromUtc(until, tenant.Snapshot.Settings.Zone).ToString("HH:mm", CultureInfo.CurrentCulture));
    }

    /// <summary>Null for those who have nothing to choose.</summary>
    ShellUnits? UnitsOf(Access access)
    {
        var places = access.AllWorkplaces.DistinctBy(w => w.UnitId).ToList();
        if (places.Count < 2) return null;
        var chosen = access.ChosenWorkplace;
        return new(chosen?.Unit ?? text["All my units"], chosen is null, [new("", text["All my units"], chosen is null), .. places.Select(w => new ShellUnit(w.UnitId.ToString(), w.Unit, w.UnitId == chosen?.UnitId))]);
    }

    static string NameOf(TenantSnapshot snapshot) =>
        snapshot.Settings.SiteName is var name && name != "TC-CRM" ? name : snapshot.Tenant.Title ?? name;

    /// <summary>A theme without a sheet of its own is the kit as it is.</summary>
    IReadOnlyList<string> SheetsOf(string theme) => assets[$"{theme}/theme.css"].EndsWith("/theme.css", StringComparison.Ordinal) ? [] : [$"{theme}/theme.css"];

    List<NavGroup> GroupsOf(IReadOnlyList<MenuItem> entries, MenuItem? current)
    {
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
