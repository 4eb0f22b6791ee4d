using System.Globalization;
using System.Text.Json.Serialization;

namespace TcCrm.Platform.Definitions;

/// <summary>One thing said in the languages of the product; where one is missing, the other stands in.</summary>
public sealed record Wordings([property: JsonPropertyName("zh-CN")] string? Chinese, [property: JsonPropertyName("en")] string? English)
{
    public static readonly Wordings None = new(null, null);

    /// <summary>In the language of the user.</summary>
    [JsonIgnore]
    public string? Shown => In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh");

    public string? In(bool chinese) => (chinese ? Filled(Chinese) ?? Filled(English) : Filled(English) ?? Filled(Chinese))?.Trim();

    /// <summary>As typed: empty is nothing.</summary>
    public static Wordings Of(string? chinese, string? english) => new(Filled(chinese)?.Trim(), Filled(english)?.Trim());

    static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
