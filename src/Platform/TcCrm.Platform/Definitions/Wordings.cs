using System.Text.Json.Serialization;

namespace TcCrm.Platform.Definitions;

/// <summary>One thing said in the languages of the product; where one is missing, the other stands in.</summary>
public sealed record Wordings([property: JsonPropertyName("zh-CN")] string? Chinese, [property: JsonPropertyName("en")] string? English)
{
    public static readonly Wordings None = new(null, null);

    public string? In(bool chinese) => (chinese ? Filled(Chinese) ?? Filled(English) : Filled(English) ?? Filled(Chinese))?.Trim();

    static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
