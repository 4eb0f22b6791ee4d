namespace TcCrm.Platform.Definitions.Formulas;

/// <summary>What a part of a formula comes to: a decimal, a text, yes or no, a day.</summary>
public enum FormulaKind { Number, Words, YesNo, Date }

/// <summary>A formula that cannot be understood: a text key and its arguments.</summary>
public sealed class FormulaException(string key, params object?[] args) : Exception(key)
{
    public string Key { get; } = key;
    public IReadOnlyList<object?> Args { get; } = args;
}

/// <summary>A formula as it is written.</summary>
abstract record FormulaNode;

sealed record ConstantNode(object Value, FormulaKind Kind) : FormulaNode;

sealed record NameNode(string Name) : FormulaNode;

/// <summary>Operators are functions too: <c>a + b</c> is <c>+(a, b)</c>.</summary>
sealed record CallNode(string Function, IReadOnlyList<FormulaNode> Arguments) : FormulaNode;
