namespace TcCrm.Platform.Regions;

/// <summary>Administrative divisions of China: province, city, county. Codes have six digits; <c>330106</c> is 浙江省 / 杭州市 / 西湖区.</summary>
public static class Divisions
{
    /// <summary>Twice the longest address line of the list; what is longer names no division.</summary>
    const int LongestText = 100;
    const string Separators = "/\\|,，、;；>-·. \t\u3000";

    static readonly DivisionTable Table = DivisionTable.Load();

    public static Division? Find(string code) => Table.ByCode.GetValueOrDefault(code);

    /// <summary>The divisions just below; of the empty code, the provinces.</summary>
    public static IEnumerable<Division> Children(string code) => Table.Children(code);

    /// <summary>From province to county, with " / " between; the code itself when it is unknown.</summary>
    public static string NameOf(string code) => Find(code) is null ? code : string.Join(" / ", Line(code).Select(r => r.Name));

    /// <summary>Such as 浙江杭州西湖; the code itself when it is unknown.</summary>
    public static string ShortNameOf(string code) => Find(code) is null ? code : string.Concat(Line(code).Select(r => r.ShortName));

    /// <summary>The code that a whole text stands for: a code, a name in long or short form, or several names in a row. Null when a part is unknown or could mean two places.</summary>
    public static string? TryParse(string text)
    {
        var typed = Bare(text);
        if (typed.Length == 0) return null;
        return Find(typed)?.Code ?? Table.Named(typed, "")?.Code ?? Read("", typed);
    }

    /// <summary>The code that all given parts stand for together; an empty part is skipped. Null when a part is unknown under the one before.</summary>
    public static string? TryParse(string province, string city, string area) =>
        Match(province, city, area) is { Unmatched: null, Code: var code } ? code : null;

    /// <summary>The deepest division that the parts name, each under the one before, and the first part that fits none.</summary>
    public static DivisionMatch Match(params IEnumerable<string> parts)
    {
        var found = "";
        foreach (var part in parts.Where(p => Bare(p).Length > 0))
        {
            var name = Bare(part);
            if (IsSelf(found, name)) continue;
            if ((Table.Named(name, found)?.Code ?? Read(found, name)) is not { } next) return new(found.Length == 0 ? null : found, part);
            found = next;
        }
        return new(found.Length == 0 ? null : found, null);
    }

    static IEnumerable<Division> Line(string code)
    {
        var division = Table.ByCode[code];
        return division.Parent.Length == 0 ? [division] : Line(division.Parent).Append(division);
    }

    // Names in a row: takes the longest name that begins the text, highest level first, then reads on below it.
    static string? Read(string parent, string text)
    {
        if (text.Length == 0) return parent;
        if (text.Length > LongestText) return null;
        var hits = Table.Beginning(text).Where(hit => CanFollow(parent, hit.Division))
            .GroupBy(hit => (hit.Division.Level, hit.Length))
            .OrderBy(group => group.Key.Level).ThenByDescending(group => group.Key.Length);
        foreach (var alike in hits)
        {
            var codes = alike.Select(hit => Read(hit.Division.Code, text[hit.Length..])).OfType<string>().Distinct().Take(2).ToArray();
            if (codes.Length > 0) return codes is [var only] ? only : null;
        }
        return Itself(parent, text) is { } own ? Read(parent, text[own.Length..]) : null;
    }

    // People leave the city out (江苏省昆山市), and the province (杭州市西湖区), but nobody begins with a county.
    static bool CanFollow(string parent, Division division) =>
        division.IsBelow(parent) && (parent.Length > 0 || division.Level < DivisionLevel.County);

    // 北京市 / 北京市 / 东城区 and 北京市 / 市辖区 / 东城区: the city is the province.
    static bool IsSelf(string parent, string name) => Itself(parent, name)?.Length == name.Length;

    static string? Itself(string parent, string text) => parent.Length == 0 || Children(parent).Any(r => r.Level == DivisionLevel.City)
        ? null
        : DivisionTable.NamesOf(Table.ByCode[parent]).Append("市辖区").FirstOrDefault(name => text.StartsWith(name, StringComparison.Ordinal));

    static string Bare(string text) => new([.. text.Where(c => !Separators.Contains(c, StringComparison.Ordinal))]);
}
