using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TcCrm;

/// <summary>
/// The values of a record's fields that its tenant has made, by slot: texts, whole numbers, yes or no, lists of texts. JSON in the database,
/// read when the first of them is asked for and written when one has changed.
/// </summary>
public sealed class MadeValues(string? json)
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    Dictionary<string, object>? _values;
    bool _isChanged;

    /// <summary>Null when there is none.</summary>
    public string? Json
    {
        get
        {
            if (!_isChanged) return json;
            _isChanged = false;
            return json = _values!.Count == 0 ? null : Written(_values);
        }
    }

    /// <summary>Null for no value.</summary>
    public object? this[string slot]
    {
        get => (_values ??= Read(json)).GetValueOrDefault(slot);
        set
        {
            var before = this[slot];
            if (IsSame(before, value)) return;
            if (value is null) _values!.Remove(slot);
            else _values![slot] = value;
            _isChanged = true;
        }
    }

    static bool IsSame(object? a, object? b) => a is List<string> one && b is List<string> other ? one.SequenceEqual(other) : Equals(a, b);

    static Dictionary<string, object> Read(string? json)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        if (json is null) return values;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            var slot = reader.GetString()!;
            reader.Read();
            if (ValueOf(ref reader) is { } value) values[slot] = value;
        }
        return values;
    }

    static object? ValueOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => reader.GetInt64(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.StartArray => ListOf(ref reader),
        _ => null,
    };

    static List<string> ListOf(ref Utf8JsonReader reader)
    {
        var words = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) words.Add(reader.GetString()!);
        return words;
    }

    static string Written(Dictionary<string, object> values)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            foreach (var (slot, value) in values) Write(writer, slot, value);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter writer, string slot, object value)
    {
        switch (value)
        {
            case string text: writer.WriteString(slot, text); break;
            case long number: writer.WriteNumber(slot, number); break;
            case bool flag: writer.WriteBoolean(slot, flag); break;
            case List<string> words:
                writer.WriteStartArray(slot);
                foreach (var word in words) writer.WriteStringValue(word);
                writer.WriteEndArray();
                break;
            default: throw new ArgumentException($"A {value.GetType().Name} cannot be kept in '{slot}'.", nameof(value));
        }
    }
}
