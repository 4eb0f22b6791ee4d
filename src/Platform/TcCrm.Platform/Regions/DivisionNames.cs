using System.Text.RegularExpressions;

namespace TcCrm.Platform.Regions;

/// <summary>The names under which people know a division: 浙江 for 浙江省, 延边 for 延边朝鲜族自治州.</summary>
static partial class DivisionNames
{
    const int ShortestName = 2;

    static readonly string[] Kinds = ["特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "林区", "特区", "省", "市", "盟", "县", "区", "旗"];

    /// <summary>Other words for a province; what ends in the kind of division alone is found without this list.</summary>
    public static readonly IReadOnlyDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["内蒙"] = "150000",
        ["广西自治区"] = "450000",
        ["广西省"] = "450000",
        ["西藏省"] = "540000",
        ["宁夏自治区"] = "640000",
        ["宁夏省"] = "640000",
        ["新疆自治区"] = "650000",
        ["新疆省"] = "650000",
        ["内蒙古省"] = "150000",
        ["臺灣"] = "710000",
        ["台灣"] = "710000",
        ["香港特区"] = "810000",
        ["澳门特区"] = "820000",
        ["澳門"] = "820000",
    };

    public static string Short(string name)
    {
        foreach (var kind in Kinds)
        {
            if (!name.EndsWith(kind, StringComparison.Ordinal) || name.Length - kind.Length < ShortestName) continue;
            var rest = name[..^kind.Length];
            return kind.StartsWith("自治", StringComparison.Ordinal) ? Peoples().Replace(rest, "$1") : rest;
        }
        return name;
    }

    [GeneratedRegex("^(.{2,}?)(?:各族|壮族|满族|回族|苗族|维吾尔族?|土家族|彝族|蒙古族?|藏族|布依族|侗族|瑶族|朝鲜族|白族|哈尼族|哈萨克族?|黎族|傣族|畲族|傈僳族|仡佬族|东乡族|拉祜族|水族|佤族|纳西族|羌族|土族|仫佬族|锡伯族?|柯尔克孜族?|达斡尔族|景颇族|毛南族|撒拉族|布朗族|塔吉克族?|普米族|怒族|裕固族|保安族|独龙族)+$")]
    private static partial Regex Peoples();
}
