using TcCrm.Platform.Regions;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>A region from the cells of several columns, which may stand in any order: 杭州 and 浙江 as well as 浙江 and 杭州. Remembers what it has seen.</summary>
sealed class DivisionParts
{
    readonly Dictionary<string, DivisionMatch> _seen = new(StringComparer.Ordinal);

    public DivisionMatch Match(IReadOnlyList<string> parts)
    {
        var key = string.Join('\n', parts);
        if (!_seen.TryGetValue(key, out var match)) _seen.Add(key, match = Best(parts));
        return match;
    }

    static DivisionMatch Best(IReadOnlyList<string> parts)
    {
        if (parts is [var only] && Divisions.TryParse(only) is { } code) return new(code, null);
        // A province goes first: 桥西 alone may well be found in another one.
        var provinces = parts.Where(p => Divisions.TryParse(p)?.EndsWith("0000", StringComparison.Ordinal) == true).ToList();
        return Orders([.. parts.Except(provinces)]).Select(rest => provinces.Concat(rest)).Select(order => Divisions.Match(order)).OrderBy(m => m.Unmatched is null ? 0 : 1).ThenByDescending(m => Depth(m.Code)).First();
    }

    static int Depth(string? code) => code is null ? 0 : code.TrimEnd('0').Length;

    static IEnumerable<IEnumerable<string>> Orders(IReadOnlyList<string> parts) => parts.Count switch
    {
        <= 1 or > 3 => [parts],
        2 => [parts, parts.Reverse()],
        _ => parts.SelectMany((first, i) => Orders([.. parts.Where((_, j) => j != i)]).Select(rest => rest.Prepend(first))),
    };
}
