using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.FileProviders;

namespace TcCrm.Platform.Recipes;

/// <summary>
/// Evaluates <c>[js: …]</c> and <c>[file: …]</c>. There is no script engine behind it: the functions of Orchard Core's recipes,
/// string literals and <c>+</c> are all that recipes need; anything else is refused by name.
/// </summary>
public sealed partial class RecipeExpressions
{
    const int MostRounds = 16;

    readonly JsonObject _variables;
    readonly ExpressionFunctions _functions;
    readonly Dictionary<string, string> _known = [];
    readonly HashSet<string> _underway = [];

    public RecipeExpressions(JsonObject variables, RecipeValues values, IFileProvider files)
    {
        _variables = variables;
        _functions = new(Variable, values, files);
    }

    /// <summary>A value that is read anew is given the same ids as before: they follow from where it stands in the file.</summary>
    public void BeginAt(int place) => _functions.BeginAt(place);

    public static bool IsExpression(string value) => Shape().IsMatch(value);

    /// <summary>Has the shape of an expression, but of none that we evaluate: a text such as <c>[note: …]</c>, or a script engine that is not here.</summary>
    public static bool IsOfUnknownKind(string value) => !IsExpression(value) && AnyShape().IsMatch(value);

    /// <summary>Evaluates as long as the result is itself an expression, as Orchard Core does.</summary>
    /// <exception cref="ExpressionRefusedException">The expression is not one of ours or cannot be evaluated.</exception>
    public string Evaluate(string value)
    {
        for (var round = 0; Shape().Match(value) is { Success: true } match; round++)
        {
            if (round == MostRounds) throw new ExpressionRefusedException("The expression {0} never comes to an end.") { Expression = value };
            value = EvaluateOnce(value, match.Groups["engine"].Value, match.Groups["script"].Value);
        }
        return value;
    }

    /// <summary>Null where <see cref="Evaluate"/> refuses.</summary>
    public string? TryEvaluate(string value)
    {
        try
        {
            return Evaluate(value);
        }
        catch (ExpressionRefusedException)
        {
            return null;
        }
    }

    string EvaluateOnce(string expression, string engine, string script)
    {
        try
        {
            return new ExpressionReader(script, engine == "js" ? _functions.Call : _functions.CallFile).Read();
        }
        catch (ExpressionRefusedException refused) when (refused.Expression.Length == 0)
        {
            refused.Expression = expression.Length > 200 ? expression[..200] + "…" : expression;
            throw;
        }
    }

    string Variable(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        if (!_variables.TryGetPropertyValue(name, out var node)) throw new ExpressionRefusedException("The expression {0} asks for the variable '{1}', which is not defined.", name);
        if (node is not null and not JsonValue) throw new ExpressionRefusedException("The expression {0} asks for the variable '{1}', which is not a text.", name);
        if (!_underway.Add(name)) throw new ExpressionRefusedException("The expression {0} asks for the variable '{1}', which refers to itself.", name);
        var value = Evaluate(node?.ToString() ?? "");
        _underway.Remove(name);
        return _known[name] = value;
    }

    [GeneratedRegex(@"^\[(?<engine>js|file):(?<script>.*)\]$", RegexOptions.Singleline)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^\[\p{L}+:.*\]$", RegexOptions.Singleline)]
    private static partial Regex AnyShape();
}

/// <summary>An expression that cannot be evaluated; <see cref="Expression"/> is argument {0} of the key.</summary>
public sealed class ExpressionRefusedException(string key, params object?[] args) : Exception(key)
{
    public string Key { get; } = key;
    public IReadOnlyList<object?> Args { get; } = args;
    public string Expression { get; set; } = "";
}
