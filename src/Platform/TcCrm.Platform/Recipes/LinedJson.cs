using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace TcCrm.Platform.Recipes;

/// <summary>Where a value stands in the text.</summary>
readonly record struct JsonPlace(int Start, int Length, JsonTokenType Kind, int Line);

/// <summary>
/// A JSON document that knows on which line each value stands. The text is kept and read again where something of it is wanted, so that a recipe of a
/// hundred thousand entries takes no more memory than its file. Comments and trailing commas are allowed.
/// </summary>
sealed partial class LinedJson
{
    const int MostKnown = 64;
    static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256 };

    readonly ReadOnlyMemory<byte> _utf8;
    readonly List<RecipeProblem> _problems = [];
    readonly Dictionary<int, IReadOnlyList<(string Name, JsonPlace Place)>> _known = [];

    LinedJson(ReadOnlyMemory<byte> utf8) => _utf8 = utf8;

    /// <summary>Null when it is no JSON.</summary>
    public JsonPlace? Root { get; private set; }
    public IReadOnlyList<RecipeProblem> Problems => _problems;

    public static LinedJson Read(ReadOnlyMemory<byte> utf8)
    {
        var json = new LinedJson(utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
        if (Utf8.IsValid(json._utf8.Span)) json.Check();
        else json._problems.Add(new("$", 1, "The file is not encoded as UTF-8."));
        return json;
    }

    /// <summary>What an object or a list holds; the names of a list's entries are empty.</summary>
    public IReadOnlyList<(string Name, JsonPlace Place)> Children(JsonPlace place)
    {
        if (place.Kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return [];
        if (_known.TryGetValue(place.Start, out var known)) return known;
        if (_known.Count == MostKnown) _known.Clear();
        return _known[place.Start] = ReadChildren(place);
    }

    public JsonNode? NodeAt(JsonPlace place)
    {
        var reader = new Utf8JsonReader(Text(place), Lenient);
        reader.Read();
        return ReadValue(ref reader);
    }

    /// <summary>Line of the value at a path such as <c>$.steps[3].Roles[0]</c>, or of the nearest value around it.</summary>
    public int LineOf(string path)
    {
        if (Root is not { } place) return 1;
        foreach (Match part in PathPart().Matches(path))
        {
            var children = Children(place);
            var at = part.Groups["index"] is { Success: true } index
                ? place.Kind == JsonTokenType.StartArray ? int.Parse(index.ValueSpan, CultureInfo.InvariantCulture) : -1
                : children.TakeWhile(c => !c.Name.Equals(part.Groups["name"].Value, StringComparison.OrdinalIgnoreCase)).Count();
            if (at < 0 || at >= children.Count) break;
            place = children[at].Place;
        }
        return place.Line;
    }

    /// <summary>Every text in square brackets within a value, with its line and a trail that tells its path.</summary>
    public void EachBracketed(JsonPlace place, string path, Action<JsonTrail, int, string> found) => Walk(Text(place), place.Line, new(path), found, (_, _, _) => { });

    void Check()
    {
        var repeated = new List<RecipeProblem>();
        try
        {
            Walk(_utf8.Span, 1, new("$"), (_, _, _) => { }, (owner, line, name) => repeated.Add(new(owner, line, "The key '{0}' stands here twice.", name)));
            var reader = new Utf8JsonReader(_utf8.Span, Lenient);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            Root = new(start, _utf8.Length - start, reader.TokenType, 1 + _utf8.Span[..start].Count((byte)'\n'));
        }
        catch (JsonException wrong)
        {
            _problems.Add(new("$", (int)(wrong.LineNumber ?? 0) + 1, "This is not valid JSON, at column {0} of the line.", (wrong.BytePositionInLine ?? 0) + 1));
        }
        catch (HalfCharacterException half)
        {
            _problems.Add(new("$", half.Line, "This text has half of a character (an unpaired surrogate)."));
        }
        _problems.AddRange(repeated);
    }

    static void Walk(ReadOnlySpan<byte> utf8, int line, JsonTrail trail, Action<JsonTrail, int, string> bracketed, Action<string, int, string> repeated)
    {
        var reader = new Utf8JsonReader(utf8, Lenient);
        var counted = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                trail.Close();
                continue;
            }
            var at = (int)reader.TokenStartIndex;
            (line, counted) = (line + utf8[counted..at].Count((byte)'\n'), at);
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (Read(ref reader, line) is var name && !trail.Key(name)) repeated(trail.OwnerPath, line, name);
                continue;
            }
            trail.Value();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) trail.Open(reader.TokenType == JsonTokenType.StartObject);
            else if (reader.TokenType == JsonTokenType.String && (reader.ValueIsEscaped || (reader.ValueSpan is [(byte)'[', .., (byte)']'])) && Read(ref reader, line) is ['[', .., ']'] text) bracketed(trail, line, text);
        }
    }

    static string Read(ref Utf8JsonReader reader, int line)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new HalfCharacterException(line);
        }
    }

    List<(string, JsonPlace)> ReadChildren(JsonPlace place)
    {
        var (line, counted, children) = (place.Line, 0, new List<(string, JsonPlace)>());
        var utf8 = Text(place);
        var reader = new Utf8JsonReader(utf8, Lenient);
        reader.Read();
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            var name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : "";
            if (place.Kind == JsonTokenType.StartObject) reader.Read();
            var (start, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
            (line, counted) = (line + utf8[counted..start].Count((byte)'\n'), start);
            reader.Skip();
            children.Add((name, new(place.Start + start, (int)reader.BytesConsumed - start, kind, line)));
        }
        return children;
    }

    ReadOnlySpan<byte> Text(JsonPlace place) => _utf8.Span.Slice(place.Start, place.Length);

    static JsonNode? ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.String => JsonValue.Create(reader.GetString()),
        JsonTokenType.Null => null,
        _ => JsonValue.Create(JsonElement.ParseValue(ref reader)),
    };

    static JsonObject ReadObject(ref Utf8JsonReader reader)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            result.TryAdd(name, ReadValue(ref reader));
        }
        return result;
    }

    static JsonArray ReadArray(ref Utf8JsonReader reader)
    {
        var result = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) result.Add(ReadValue(ref reader));
        return result;
    }

    [GeneratedRegex(@"\[(?<index>\d{1,9})\]|\['(?<name>.*?)'\]|\.(?<name>[^.\[\]]+)")]
    private static partial Regex PathPart();

    sealed class HalfCharacterException(int line) : Exception
    {
        public int Line { get; } = line;
    }
}
