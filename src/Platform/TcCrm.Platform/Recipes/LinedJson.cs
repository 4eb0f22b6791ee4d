using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace TcCrm.Platform.Recipes;

/// <summary>A JSON document that remembers on which line each value stands. Comments and trailing commas are allowed.</summary>
public sealed partial class LinedJson
{
    static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256 };

    readonly Dictionary<JsonNode, int> _lines = new(ReferenceEqualityComparer.Instance);
    readonly List<(JsonObject Owner, string Name, int Line)> _repeated = [];
    readonly List<RecipeProblem> _problems = [];
    int _line = 1;
    int _counted;

    public JsonNode? Root { get; private set; }
    public IReadOnlyList<RecipeProblem> Problems => _problems;

    public static LinedJson Read(ReadOnlySpan<byte> utf8)
    {
        var json = new LinedJson();
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        if (Utf8.IsValid(utf8)) json.ReadDocument(utf8);
        else json._problems.Add(new("$", 1, "The file is not encoded as UTF-8."));
        return json;
    }

    /// <summary>Line of the value at a path such as <c>$.steps[3].Roles[0]</c>, or of the nearest value around it.</summary>
    public int LineOf(string path)
    {
        var (node, line) = (Root, 1);
        foreach (Match part in PathPart().Matches(path))
        {
            if (node is not null && _lines.TryGetValue(node, out var known)) line = known;
            node = part.Groups["index"] is { Success: true } index
                ? node is JsonArray list && int.Parse(index.ValueSpan, System.Globalization.CultureInfo.InvariantCulture) is var i && i < list.Count ? list[i] : null
                : (node as JsonObject)?.FirstOrDefault(p => p.Key.Equals(part.Groups["name"].Value, StringComparison.OrdinalIgnoreCase)).Value;
        }
        return node is not null && _lines.TryGetValue(node, out var last) ? last : line;
    }

    /// <summary>Puts another value in the place of one, on the same line.</summary>
    public void Replace(JsonNode old, JsonNode value)
    {
        _lines[value] = _lines.GetValueOrDefault(old, 1);
        old.ReplaceWith(value);
    }

    void ReadDocument(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, Lenient);
            reader.Read();
            Root = ReadValue(ref reader, utf8);
            reader.Read();
        }
        catch (JsonException wrong)
        {
            Root = null;
            _problems.Add(new("$", (int)(wrong.LineNumber ?? 0) + 1, "This is not valid JSON, at column {0} of the line.", (wrong.BytePositionInLine ?? 0) + 1));
        }
        catch (InvalidOperationException)
        {
            Root = null;
            _problems.Add(new("$", _line, "This text has half of a character (an unpaired surrogate)."));
        }
        foreach (var (owner, name, line) in _repeated) _problems.Add(new(owner.GetPath(), line, "The key '{0}' stands here twice.", name));
    }

    JsonNode? ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var line = LineAt(ref reader, utf8);
        JsonNode? node = reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, utf8),
            JsonTokenType.StartArray => ReadArray(ref reader, utf8),
            JsonTokenType.String => JsonValue.Create(reader.GetString()),
            JsonTokenType.Null => null,
            _ => JsonValue.Create(JsonElement.ParseValue(ref reader)),
        };
        if (node is not null) _lines[node] = line;
        return node;
    }

    JsonObject ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var line = LineAt(ref reader, utf8);
            reader.Read();
            var value = ReadValue(ref reader, utf8);
            if (!result.TryAdd(name, value)) _repeated.Add((result, name, line));
        }
        return result;
    }

    JsonArray ReadArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var result = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) result.Add(ReadValue(ref reader, utf8));
        return result;
    }

    int LineAt(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var at = (int)reader.TokenStartIndex;
        _line += utf8[_counted..at].Count((byte)'\n');
        _counted = at;
        return _line;
    }

    [GeneratedRegex(@"\[(?<index>\d{1,9})\]|\['(?<name>.*?)'\]|\.(?<name>[^.\[\]]+)")]
    private static partial Regex PathPart();
}
