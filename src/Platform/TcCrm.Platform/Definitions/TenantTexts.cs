using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using TcCrm.Platform.Definitions.Storage;

namespace TcCrm.Platform.Definitions;

/// <summary>What a tenant calls its types, fields, sections and choices, by the same ids as texts of modules; and what it calls things of the product instead.</summary>
public sealed class TenantTexts
{
    /// <summary>The setting that holds them, and the step of a recipe that brings them.</summary>
    public const string Translations = nameof(Translations);
    public static readonly TenantTexts None = new([]);
    readonly FrozenDictionary<string, Wordings> _texts;
    FrozenDictionary<(string Culture, string Key), string> _translated = FrozenDictionary<(string, string), string>.Empty;

    TenantTexts(IEnumerable<KeyValuePair<string, Wordings>> texts) => _texts = texts.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>In the reader's language; null where the product's own word stays.</summary>
    public string? Translated(string key) => _translated.Count > 0 ? Translated(key, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "zh-CN" : "en") : null;

    public string? Translated(string key, string culture) => _translated.GetValueOrDefault((culture, key));

    /// <param name="setting">A list of <c>{ culture, context, key, value }</c>; of two with one key the later counts.</param>
    public TenantTexts With(JsonNode? setting)
    {
        if (setting is not JsonArray { Count: > 0 } entries) return this;
        var translated = new Dictionary<(string, string), string>();
        foreach (var entry in entries.OfType<JsonObject>())
            if ((Text(entry["culture"]), Text(entry["key"]), Text(entry["value"])) is ({ } culture, { } key, { Length: > 0 } value)) translated[(culture, key)] = value;
        return new(_texts) { _translated = translated.ToFrozenDictionary() };
    }

    /// <summary>A setting is read before anybody has checked it.</summary>
    static string? Text(JsonNode? value) => value is JsonValue known && known.TryGetValue(out string? text) ? text : null;

    public string? Find(string key) => _texts.TryGetValue(key, out var words) ? words.Shown : null;

    public static string SectionKey(string type, int place) => string.Create(CultureInfo.InvariantCulture, $"{type}.section-{place}");
    public static string HintKey(string label) => label + ".hint";

    public static TenantTexts Of(IEnumerable<TypeDefinition> definitions) => definitions.SelectMany(All).Where(t => t.Words.In(true) is not null).DistinctBy(t => t.Key).ToList() is { Count: > 0 } texts
        ? new(texts.Select(t => KeyValuePair.Create(t.Key, t.Words))) : None;

    static IEnumerable<(string Key, Wordings Words)> All(TypeDefinition type)
    {
        if (type.IsMade)
        {
            yield return (type.Name, Or(type.Labels, type.Name[(TypeDefinition.Module.Length + 1)..]));
            yield return (type.Name + ".plural", type.Plurals.In(true) is null ? Or(type.Labels, type.Name[(TypeDefinition.Module.Length + 1)..]) : type.Plurals);
            yield return ($"{type.Name}.{nameof(MadeRecord.OwnerId)}", new("负责人", "Owner"));
            yield return ($"{type.Name}.{nameof(MadeRecord.UnitId)}", new("所属单位", "Unit"));
        }
        for (var i = 0; i < type.Sections.Count; i++) yield return (SectionKey(type.Name, i), type.Sections[i].Labels);
        foreach (var field in type.Fields)
        {
            var key = $"{type.Name}.{field.Name}";
            yield return (key, Or(field.Labels, field.Name));
            yield return (HintKey(key), field.Hints);
            foreach (var option in field.Options) yield return ($"{key}.{option.Value}", Or(option.Labels, option.Value));
        }
    }

    static Wordings Or(Wordings words, string name) => words.In(true) is null ? new(name, name) : words;
}
