using System.Collections.Frozen;

namespace TcCrm.Platform;

/// <summary>The list that ships with the product, read once.</summary>
sealed class RegionTable
{
    readonly ILookup<string, Region> _byParent;
    readonly FrozenDictionary<string, Region[]> _byName;

    RegionTable(IReadOnlyList<Region> regions)
    {
        ByCode = regions.ToFrozenDictionary(r => r.Code);
        _byParent = regions.ToLookup(r => r.Parent);
        _byName = regions.SelectMany(r => NamesOf(r).Select(name => (name, r)))
            .Concat(RegionNames.Aliases.Select(alias => (alias.Key, ByCode[alias.Value])))
            .GroupBy(pair => pair.Item1, pair => pair.Item2)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    public FrozenDictionary<string, Region> ByCode { get; }

    public IEnumerable<Region> Children(string code) => _byParent[code];

    /// <summary>The one division of that name below <paramref name="scope"/>, on the highest level where there is one; null when two would do.</summary>
    public Region? Named(string name, string scope)
    {
        if (!_byName.TryGetValue(name, out var all)) return null;
        var nearest = all.Where(r => r.IsBelow(scope)).GroupBy(r => r.Level).MinBy(group => group.Key)?.ToArray() ?? [];
        return nearest is [var only] ? only : Only(nearest.Where(r => r.Name == name));
    }

    public static IEnumerable<string> NamesOf(Region region) => region.Name == region.ShortName ? [region.Name] : [region.Name, region.ShortName];

    public static RegionTable Load()
    {
        using var stream = typeof(RegionTable).Assembly.GetManifestResourceStream("TcCrm.Platform.Regions.divisions.csv")!;
        using var reader = new StreamReader(stream);
        var names = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line) names.Add(line[..6], line[7..]);
        return new([.. names.Where(n => !IsPlaceholder(n.Key, n.Value)).Select(n => new Region(n.Key, n.Value, RegionNames.Short(n.Value), ParentOf(n.Key, names)))]);
    }

    static string ParentOf(string code, Dictionary<string, string> names)
    {
        if (code.EndsWith("0000", StringComparison.Ordinal)) return "";
        var (city, province) = (code[..4] + "00", code[..2] + "0000");
        return city == code || IsPlaceholder(city, names[city]) ? province : city;
    }

    /// <summary>The national list puts the districts of the four great cities, and counties without a prefecture, under such names.</summary>
    static bool IsPlaceholder(string code, string name) =>
        code.EndsWith("00", StringComparison.Ordinal) && (name is "市辖区" or "县" || name.Contains("直辖", StringComparison.Ordinal));

    static Region? Only(IEnumerable<Region> regions) => regions.Take(2).ToArray() is [var one] ? one : null;
}
