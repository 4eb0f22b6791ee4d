using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TcCrm.Platform.Fields.Kinds;

/// <summary>One of a fixed list. In neutral text it is the English name; people see and may type the label.</summary>
public sealed class ChoiceKind : FieldKind
{
    public override string Name => "choice";
    public override IReadOnlyList<string> Operators => ["eq", "ne", "in", "empty"];
    public override string InvalidKey => "Choose one of the listed values.";
    public override bool Fits(PropertyInfo property, Type plain) => plain.IsEnum;

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        value = field.Choices.FirstOrDefault(c => c.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } name ? null : field.PlainType.IsEnum ? Enum.Parse(field.PlainType, name) : name;
        return value is not null;
    }

    public override string Show(object value, Field field, FieldContext context, IText text) => text[field.ChoiceKey(value.ToString()!)];
    public override JsonObject Schema(Field field) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. field.Choices.Select(c => (JsonNode)c)]) };
}

/// <summary>Free words; the index rows beside the record find them.</summary>
public class TagsKind : FieldKind
{
    static readonly char[] Separators = [',', '，', ';', '；', '\n', '、'];

    public override string Name => "tags";
    public override IReadOnlyList<string> Operators => ["has", "empty"];
    public override bool CanSort => false;
    public override bool IsMultiple => true;
    public override string InvalidKey => "Each tag may have 50 characters at most, and there may be 50 tags.";
    public override bool Fits(PropertyInfo property, Type plain) => property.IsDefined(typeof(TagsAttribute));

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        var words = text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        value = words;
        return words.Count <= 50 && words.TrueForAll(w => w.Length <= 50 && Admits(w, field));
    }

    public override string Format(object value, Field field) => string.Join(',', (List<string>)value);
    public override string Show(object value, Field field, FieldContext context, IText text) => string.Join(", ", (List<string>)value);

    public override void WriteJson(Utf8JsonWriter json, object value, Field field)
    {
        json.WriteStartArray();
        foreach (var word in (List<string>)value) json.WriteStringValue(word);
        json.WriteEndArray();
    }

    public override string ReadJson(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? string.Join(',', json.EnumerateArray().Select(base.ReadJson)) : base.ReadJson(json);

    public override JsonObject Schema(Field field) => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } };

    protected virtual bool Admits(string word, Field field) => true;
}

/// <summary>Several of a fixed list, kept by name.</summary>
public sealed class MultiChoiceKind : TagsKind
{
    public override string Name => "multi-choice";
    public override string InvalidKey => "Choose from the listed values.";
    public override bool Fits(PropertyInfo property, Type plain) => property.IsDefined(typeof(MultiChoiceAttribute));
    public override string Show(object value, Field field, FieldContext context, IText text) => string.Join(", ", ((List<string>)value).Select(c => text[field.ChoiceKey(c)]));
    protected override bool Admits(string word, Field field) => field.Choices.Contains(word, StringComparer.Ordinal);
}
