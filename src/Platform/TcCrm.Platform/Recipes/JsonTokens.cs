using System.Text.Json;

namespace TcCrm.Platform.Recipes;

/// <summary>Goes through a part of a JSON text token by token. In memory is a piece of it; it grows to the longest token.</summary>
sealed class JsonTokens
{
    public static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256 };

    readonly JsonText _text;
    readonly int _end;
    byte[] _buffer;
    JsonReaderState _state = new(Lenient), _stateBefore;
    int _filledTo, _from, _to, _before, _line;

    /// <param name="line">On which the part begins.</param>
    public JsonTokens(JsonText text, int start, int length, int line)
    {
        (_text, _filledTo, _end, _line) = (text, start, start + length, line);
        _buffer = new byte[Math.Min(length, JsonText.Piece)];
        Fill();
    }

    public JsonTokenType Kind { get; private set; }
    /// <summary>Of the token in the text; the end is that of a value gone over by <see cref="Skip"/> as well.</summary>
    public int Start { get; private set; }
    public int End { get; private set; }
    public int Line { get; private set; }
    public bool MayBeBracketed { get; private set; }

    bool IsLast => _filledTo == _end;

    /// <exception cref="JsonException">The text is no JSON.</exception>
    public bool Read()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_from, _to - _from), IsLast, _state);
            if (reader.Read())
            {
                Take(ref reader);
                return true;
            }
            if (IsLast) return false;
            Fill();
        }
    }

    /// <summary>Goes on to the end of the value that begins here.</summary>
    public void Skip()
    {
        for (var depth = Depth(Kind); depth > 0 && Read();) depth += Depth(Kind);
    }

    /// <summary>Of the name or the string that was read last.</summary>
    /// <exception cref="InvalidOperationException">It has half of a character.</exception>
    public string Text()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_before, _to - _before), IsLast, _stateBefore);
        reader.Read();
        return reader.GetString()!;
    }

    void Take(ref Utf8JsonReader reader)
    {
        var (start, consumed) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
        Kind = reader.TokenType;
        Start = _filledTo - _to + _from + start;
        End = Start + consumed - start;
        Line = _line + _buffer.AsSpan(_from, start).Count((byte)'\n');
        MayBeBracketed = Kind == JsonTokenType.String && (reader.ValueIsEscaped || reader.ValueSpan is [(byte)'[', .., (byte)']']);
        _line = Line + _buffer.AsSpan(_from + start, consumed - start).Count((byte)'\n');
        (_before, _stateBefore) = (_from, _state);
        (_from, _state) = (_from + consumed, reader.CurrentState);
    }

    void Fill()
    {
        var left = _buffer.AsSpan(_from, _to - _from);
        var into = left.Length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        left.CopyTo(into);
        (_buffer, _from, _to) = (into, 0, left.Length);
        var more = Math.Min(_buffer.Length - _to, _end - _filledTo);
        _text.Read(_filledTo, _buffer.AsSpan(_to, more));
        (_to, _filledTo) = (_to + more, _filledTo + more);
    }

    static int Depth(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
        JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
        _ => 0,
    };
}
