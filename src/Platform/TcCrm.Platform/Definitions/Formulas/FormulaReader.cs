using System.Globalization;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace TcCrm.Platform.Definitions.Formulas;

enum FormulaToken { None, Number, Text, Name, Operator, Open, Close, Comma }

/// <summary>Reads <c>round(Price * (1 - Discount / 100), 2)</c>. Brackets and commas of a Chinese keyboard count as well.</summary>
static class FormulaReader
{
    public const int Longest = 500;
    const int DeepestNesting = 20;
    static readonly string[] Words = ["and", "or", "not", "true", "false"];

    static readonly Tokenizer<FormulaToken> Tokens = new TokenizerBuilder<FormulaToken>()
        .Ignore(Span.WhiteSpace)
        .Match(Span.Regex(@"\d+(\.\d+)?"), FormulaToken.Number)
        .Match(Span.Regex("(\"[^\"]*\"|'[^']*'|“[^”]*”)"), FormulaToken.Text)
        .Match(Span.Regex(@"[\p{L}_][\p{L}\p{Nd}_]*"), FormulaToken.Name)
        .Match(Span.Regex("(<=|>=|<>|[-+*/&=<>])"), FormulaToken.Operator)
        .Match(Character.In('(', '（'), FormulaToken.Open)
        .Match(Character.In(')', '）'), FormulaToken.Close)
        .Match(Character.In(',', '，'), FormulaToken.Comma)
        .Build();

    static readonly TokenListParser<FormulaToken, FormulaNode> Inner = Superpower.Parse.Ref(() => Whole!);

    static readonly TokenListParser<FormulaToken, FormulaNode> Call =
        from name in Token.EqualTo(FormulaToken.Name)
        from open in Token.EqualTo(FormulaToken.Open)
        from arguments in Inner.ManyDelimitedBy(Token.EqualTo(FormulaToken.Comma))
        from close in Token.EqualTo(FormulaToken.Close)
        select (FormulaNode)new CallNode(name.ToStringValue().ToLowerInvariant(), arguments);

    static readonly TokenListParser<FormulaToken, FormulaNode> Atom =
        Token.EqualTo(FormulaToken.Number).Select(t => (FormulaNode)new ConstantNode(decimal.Parse(t.ToStringValue(), CultureInfo.InvariantCulture), FormulaKind.Number))
        .Or(Token.EqualTo(FormulaToken.Text).Select(t => (FormulaNode)new ConstantNode(t.ToStringValue()[1..^1], FormulaKind.Words)))
        .Or(Word("true", "false").Select(t => (FormulaNode)new ConstantNode(Is(t, "true"), FormulaKind.YesNo)))
        .Or(Call.Try())
        .Or(Token.EqualTo(FormulaToken.Name).Where(t => !Words.Contains(t.ToStringValue(), StringComparer.OrdinalIgnoreCase)).Select(t => (FormulaNode)new NameNode(t.ToStringValue())))
        .Or(Inner.Between(Token.EqualTo(FormulaToken.Open), Token.EqualTo(FormulaToken.Close)));

    static readonly TokenListParser<FormulaToken, FormulaNode> Signed =
        (from minus in Sign("-") from value in Atom select (FormulaNode)new CallNode("-", [value])).Or(Atom);

    static readonly TokenListParser<FormulaToken, FormulaNode> Compared = Chain(Chain(Chain(Chain(Signed, Sign("*", "/")), Sign("+", "-")), Sign("&")), Sign("=", "<>", "<", "<=", ">", ">="));

    static readonly TokenListParser<FormulaToken, FormulaNode> Denied =
        (from not in Word("not") from value in Compared select (FormulaNode)new CallNode("not", [value])).Or(Compared);

    static readonly TokenListParser<FormulaToken, FormulaNode> Whole = Chain(Chain(Denied, Word("and")), Word("or"));

    /// <exception cref="FormulaException">It cannot be read.</exception>
    public static FormulaNode Read(string text) => Tree(TokensOf(text), text);

    /// <summary>The same formula with other names for what it names.</summary>
    public static string Renamed(string text, Func<string, string> rename)
    {
        var renamed = new System.Text.StringBuilder(text);
        var tokens = TokensOf(text).ToList();
        for (var i = tokens.Count - 1; i >= 0; i--)
            if (tokens[i].Kind == FormulaToken.Name && !Words.Contains(tokens[i].ToStringValue(), StringComparer.OrdinalIgnoreCase) && (i == tokens.Count - 1 || tokens[i + 1].Kind != FormulaToken.Open))
                renamed.Remove(tokens[i].Position.Absolute, tokens[i].Span.Length).Insert(tokens[i].Position.Absolute, rename(tokens[i].ToStringValue()));
        return renamed.ToString();
    }

    static TokenList<FormulaToken> TokensOf(string text)
    {
        if (text.Length > Longest) throw new FormulaException("A formula has {0} characters at most.", Longest);
        var read = Tokens.TryTokenize(text);
        if (!read.HasValue) throw Unreadable(text, read.ErrorPosition);
        var depth = 0;
        foreach (var token in read.Value)
            if ((depth += token.Kind == FormulaToken.Open ? 1 : token.Kind == FormulaToken.Close ? -1 : 0) > DeepestNesting) throw new FormulaException("A formula has {0} brackets within each other at most.", DeepestNesting);
        return read.Value;
    }

    static FormulaNode Tree(TokenList<FormulaToken> tokens, string text)
    {
        var parsed = Whole.AtEnd().TryParse(tokens);
        return parsed.HasValue ? parsed.Value : throw Unreadable(text, parsed.ErrorPosition);
    }

    static FormulaException Unreadable(string text, Position at) => at.HasValue && at.Absolute < text.Length
        ? new("The formula cannot be read from here on: {0}", text[at.Absolute..])
        : new("The formula ends too early.");

    static TokenListParser<FormulaToken, FormulaNode> Chain(TokenListParser<FormulaToken, FormulaNode> operand, TokenListParser<FormulaToken, Token<FormulaToken>> sign) =>
        Superpower.Parse.Chain(sign, operand, (token, left, right) => new CallNode(token.ToStringValue().ToLowerInvariant(), [left, right]));

    static TokenListParser<FormulaToken, Token<FormulaToken>> Sign(params string[] signs) => Token.EqualTo(FormulaToken.Operator).Where(t => signs.Contains(t.ToStringValue()));

    static TokenListParser<FormulaToken, Token<FormulaToken>> Word(params string[] words) => Token.EqualTo(FormulaToken.Name).Where(t => words.Contains(t.ToStringValue(), StringComparer.OrdinalIgnoreCase));

    static bool Is(Token<FormulaToken> token, string word) => token.ToStringValue().Equals(word, StringComparison.OrdinalIgnoreCase);
}
