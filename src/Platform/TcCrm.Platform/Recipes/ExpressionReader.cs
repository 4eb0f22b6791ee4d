using System.Globalization;
using System.Text;

namespace TcCrm.Platform.Recipes;

/// <summary>Reads <c>f('a') + "b"</c>: calls, string literals, brackets and +, with JavaScript's spelling.</summary>
sealed class ExpressionReader(string script, Func<string, IReadOnlyList<string>, string> call)
{
    const string NotSupported = "The expression {0} is not supported: recipes may call uuid, variables, parameters, configuration, base64, html and gzip (or text and base64 of file) and join texts with +.";
    const int DeepestNesting = 32;

    int _at;
    int _depth;

    public string Read()
    {
        var value = Sum();
        Take(';');
        return Next() == '\0' ? value : throw Refused();
    }

    string Sum()
    {
        if (++_depth > DeepestNesting) throw Refused();
        var value = new StringBuilder(Term());
        while (Take('+')) value.Append(Term());
        _depth--;
        return value.ToString();
    }

    string Term() => Next() switch
    {
        '\'' or '"' => Literal(),
        '(' => Bracket(),
        _ => Call(),
    };

    string Bracket()
    {
        Expect('(');
        var value = Sum();
        Expect(')');
        return value;
    }

    string Call()
    {
        var start = _at;
        while (_at < script.Length && (char.IsLetterOrDigit(script[_at]) || script[_at] is '_' or '$')) _at++;
        var name = script[start.._at];
        List<string> args = [];
        Expect('(');
        if (Next() != ')')
            do args.Add(Sum());
            while (Take(','));
        Expect(')');
        return call(name, args);
    }

    string Literal()
    {
        var quote = script[_at++];
        var text = new StringBuilder();
        while (_at < script.Length && script[_at] != quote) text.Append(script[_at] == '\\' ? Escape() : script[_at++]);
        if (_at++ >= script.Length) throw Refused();
        return text.ToString();
    }

    char Escape()
    {
        if (_at + 1 >= script.Length) throw Refused();
        var letter = script[_at + 1];
        _at += 2;
        return letter switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'u' => CodeUnit(), _ when !char.IsLetterOrDigit(letter) => letter, _ => throw Refused() };
    }

    char CodeUnit()
    {
        if (_at + 4 > script.Length || !ushort.TryParse(script.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)) throw Refused();
        _at += 4;
        return (char)unit;
    }

    char Next()
    {
        while (_at < script.Length && char.IsWhiteSpace(script[_at])) _at++;
        return _at < script.Length ? script[_at] : '\0';
    }

    bool Take(char wanted)
    {
        if (Next() != wanted) return false;
        _at++;
        return true;
    }

    void Expect(char wanted)
    {
        if (!Take(wanted)) throw Refused();
    }

    internal static ExpressionRefusedException Refused() => new(NotSupported);
}
