namespace TcCrm.Platform.Definitions.Formulas;

/// <summary>A formula that fits the fields it names.</summary>
public sealed class Formula
{
    readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    readonly Func<Func<string, object?>, object?> _value;

    Formula(string text, Func<string, FormulaKind?> kindOf) => (Kind, _value) = Bind(FormulaReader.Read(text), kindOf);

    public FormulaKind Kind { get; }
    /// <summary>Of the fields that it is made of.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>Those that a help text should name besides the operators.</summary>
    public static IEnumerable<string> Functions => FormulaFunctions.Names;

    /// <summary>Neutral text of what a formula comes to.</summary>
    public static string TextOf(object? value) => FormulaFunctions.Neutral(value);

    /// <summary>The same formula with other names for the fields it is made of.</summary>
    /// <exception cref="FormulaException">It cannot be read.</exception>
    public static string Renamed(string text, Func<string, string> rename) => FormulaReader.Renamed(text, rename);

    /// <param name="kindOf">Null for a field that there is not, or that no formula can use.</param>
    /// <exception cref="FormulaException">It cannot be understood.</exception>
    public static Formula Read(string text, Func<string, FormulaKind?> kindOf) => new(text, kindOf);

    /// <summary>Null where it has no value: something it needs is empty, a division by zero, a number or day too large.</summary>
    public object? ValueOf(Func<string, object?> field)
    {
        try
        {
            return _value(field);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    (FormulaKind, Func<Func<string, object?>, object?>) Bind(FormulaNode node, Func<string, FormulaKind?> kindOf)
    {
        switch (node)
        {
            case ConstantNode constant: return (constant.Kind, _ => constant.Value);
            case NameNode { Name: var name }:
                _names.Add(name);
                return (kindOf(name) ?? throw new FormulaException("There is no field '{0}' that a formula can use.", name), field => field(name));
            case CallNode { Function: "min" or "max", Arguments.Count: > 2 } many:
                return Bind(many.Arguments.Skip(1).Aggregate(many.Arguments[0], (left, right) => new CallNode(many.Function, [left, right])), kindOf);
            default:
                var call = (CallNode)node;
                var arguments = call.Arguments.Select(a => Bind(a, kindOf)).ToList();
                var function = FormulaFunctions.Find(call.Function, [.. arguments.Select(a => a.Item1)]);
                return (function.Gives, field => function.Call([.. arguments.Select(a => a.Item2(field))]));
        }
    }
}
