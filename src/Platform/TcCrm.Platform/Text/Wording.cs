using System.Globalization;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Text;

/// <summary>Labels as parts of sentences, and the names of languages.</summary>
public static class Wording
{
    /// <summary>"New customer" for the record type <c>customers.customer</c>.</summary>
    public static string New(this IText text, string type) => text["New {0}", Inside(text[type])];

    /// <summary>What is said about a field below it; null when nothing is.</summary>
    public static string? HintOf(this IText text, Field field) => text.Find(TenantTexts.HintKey(field.LabelKey));

    /// <summary>How a language calls itself; what is no language comes back as it is.</summary>
    public static string LanguageName(string tag) => tag switch
    {
        "zh-CN" => "简体中文",
        "en" => "English",
        _ => tag,
    };

    /// <summary>English labels begin with a capital only where they stand alone; names such as VIP keep theirs.</summary>
    static string Inside(string label) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && label.Length > 1 && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;
}
