using System.Collections.Frozen;

namespace TcCrm.Platform.Regions;

/// <summary>The list that ships with the product, read once.</summary>
sealed class DivisionTable
{
    readonly ILookup<string, Division> _byParent;
    readonly FrozenDictionary<string, Division[]> _byName;
    readonly int _longestName;

    DivisionTable(IReadOnlyList<Division> divisions)
    {
        ByCode = divisions.ToFrozenDictionary(r => r.Code);
        _byParent = divisions.ToLookup(r => r.Parent);
        _byName = divisions.SelectMany(r => NamesOf(r).Select(name => (name, r)))
            .Concat(DivisionNames.Aliases.Select(alias => (alias.Key, ByCode[alias.Value])))
            .GroupBy(pair => pair.Item1, pair => pair.Item2)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
        _longestName = _byName.Keys.Max(name => name.Length);
    }

    public FrozenDictionary<string, Division> ByCode { get; }

    public IEnumerable<Division> Children(string code) => _byParent[code];

    /// <summary>The one division of that name below <paramref name="scope"/>, on the highest level where there is one; null when two would do.</summary>
    public Division? Named(string name, string scope)
    {
        if (!_byName.TryGetValue(name, out var all)) return null;
        var nearest = all.Where(r => r.IsBelow(scope)).GroupBy(r => r.Level).MinBy(group => group.Key)?.ToArray() ?? [];
        return nearest is [var only] ? only : Only(nearest.Where(r => r.Name == name));
    }

    /// <summary>Divisions with whose name the text begins, and the length of that name.</summary>
    public IEnumerable<(Division Division, int Length)> Beginning(string text) =>
        Enumerable.Range(1, Math.Min(text.Length, _longestName))
            .SelectMany(length => _byName.GetValueOrDefault(text[..length], []).Select(division => (division, length)));

    public static IEnumerable<string> NamesOf(Division division) => division.Name == division.ShortName ? [division.Name] : [division.Name, division.ShortName];

    public static DivisionTable Load()
    {
        using var stream = typeof(DivisionTable).Assembly.GetManifestResourceStream("TcCrm.Platform.Regions.divisions.csv")!;
        using var reader = new StreamReader(stream);
        var names = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line) names.Add(line[..6], line[7..]);
        return new([.. names.Where(n => !IsPlaceholder(n.Key, n.Value)).Select(n => new Division(n.Key, n.Value, DivisionNames.Short(n.Value), ParentOf(n.Key, names)))]);
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

    static Division? Only(IEnumerable<Division> divisions) => divisions.Take(2).ToArray() is [var one] ? one : null;
}
