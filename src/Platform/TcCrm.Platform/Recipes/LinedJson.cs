using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TcCrm.Platform.Recipes;

/// <summary>Where a value stands in the text.</summary>
readonly record struct JsonPlace(int Start, int Length, JsonTokenType Kind, int Line);

/// <summary>
/// A JSON document that knows on which line each value stands. The text is read again where something of it is wanted, so that a recipe of a
/// hundred thousand entries takes hardly any memory. Comments and trailing commas are allowed.
/// </summary>
sealed partial class LinedJson
{
    const int MostKnown = 64;

    readonly JsonText _text;
    readonly List<RecipeProblem> _problems = [];
    readonly Dictionary<int, IReadOnlyList<(string Name, JsonPlace Place)>> _known = [];

    LinedJson(JsonText text) => _text = text;

    /// <summary>Null when it is no JSON.</summary>
    public JsonPlace? Root { get; private set; }
    public IReadOnlyList<RecipeProblem> Problems => _problems;

    public static LinedJson Read(JsonText text)
    {
        var json = new LinedJson(text);
        if (text.IsUtf8()) json.Check();
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
        var utf8 = ArrayPool<byte>.Shared.Rent(place.Length);
        try
        {
            _text.Read(place.Start, utf8.AsSpan(0, place.Length));
            var reader = new Utf8JsonReader(utf8.AsSpan(0, place.Length), JsonTokens.Lenient);
            reader.Read();
            return ReadValue(ref reader);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
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
    public void EachBracketed(JsonPlace place, string path, Action<JsonTrail, int, string> found) => Walk(TokensOf(place), new(path), found, (_, _, _) => { });

    void Check()
    {
        var repeated = new List<RecipeProblem>();
        try
        {
            Walk(new(_text, 0, _text.Length, 1), new("$"), (_, _, _) => { }, (owner, line, name) => repeated.Add(new(owner, line, "The key '{0}' stands here twice.", name)));
            var first = new JsonTokens(_text, 0, _text.Length, 1);
            first.Read();
            Root = new(first.Start, _text.Length - first.Start, first.Kind, first.Line);
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

    static void Walk(JsonTokens tokens, JsonTrail trail, Action<JsonTrail, int, string> bracketed, Action<string, int, string> repeated)
    {
        while (tokens.Read())
        {
            if (tokens.Kind is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                trail.Close();
                continue;
            }
            if (tokens.Kind == JsonTokenType.PropertyName)
            {
                if (Read(tokens) is var name && !trail.Key(name)) repeated(trail.OwnerPath, tokens.Line, name);
                continue;
            }
            trail.Value();
            if (tokens.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray) trail.Open(tokens.Kind == JsonTokenType.StartObject);
            else if (tokens.MayBeBracketed && Read(tokens) is ['[', .., ']'] text) bracketed(trail, tokens.Line, text);
        }
    }

    static string Read(JsonTokens tokens)
    {
        try
        {
            return tokens.Text();
        }
        catch (InvalidOperationException)
        {
            throw new HalfCharacterException(tokens.Line);
        }
    }

    List<(string, JsonPlace)> ReadChildren(JsonPlace place)
    {
        var (tokens, children) = (TokensOf(place), new List<(string, JsonPlace)>());
        tokens.Read();
        while (tokens.Read() && tokens.Kind is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            var name = tokens.Kind == JsonTokenType.PropertyName ? tokens.Text() : "";
            if (place.Kind == JsonTokenType.StartObject) tokens.Read();
            var (start, kind, line) = (tokens.Start, tokens.Kind, tokens.Line);
            tokens.Skip();
            children.Add((name, new(start, tokens.End - start, kind, line)));
        }
        return children;
    }

    JsonTokens TokensOf(JsonPlace place) => new(_text, place.Start, place.Length, place.Line);

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
