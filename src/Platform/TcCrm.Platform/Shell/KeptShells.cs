using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Shell;

/// <summary>The frames drawn for one snapshot of a tenant; gone with it.</summary>
sealed class KeptShells
{
    /// <summary>Languages times kinds of users, and those times entries: enough for any tenant, and no more than a few hundred kilobytes.</summary>
    const int MostShells = 256;
    const int MostHtml = 16;
    static readonly ConditionalWeakTable<TenantSnapshot, KeptShells> BySnapshot = [];
    readonly ConcurrentDictionary<string, ShellModel> _shells = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, KeptHtml> _html = new(StringComparer.Ordinal);

    public static KeptShells Of(TenantSnapshot snapshot) => BySnapshot.GetValue(snapshot, _ => new());

    /// <param name="shown">All that the frame is made of but the user's name and the current entry.</param>
    public ShellModel Find(string shown, string? current, Func<ShellModel> make)
    {
        var key = $"{shown} @{current}";
        if (_shells.TryGetValue(key, out var known)) return known;
        var made = make() with { Current = current, Kept = HtmlOf(shown) };
        if (_shells.Count < MostShells) _shells[key] = made;
        return made;
    }

    KeptHtml? HtmlOf(string shown) => _html.TryGetValue(shown, out var known) ? known : _html.Count < MostHtml ? _html.GetOrAdd(shown, _ => new()) : null;
}
