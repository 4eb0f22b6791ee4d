using System.Globalization;
using static TcCrm.Platform.Definitions.Formulas.FormulaKind;

namespace TcCrm.Platform.Definitions.Formulas;

/// <summary>One way to call a function. With an empty argument the result is empty, unless the function asks for that.</summary>
sealed record FormulaFunction(string Name, FormulaKind[] Takes, FormulaKind Gives, Func<object?[], object?> Of, bool TakesEmpty = false)
{
    public object? Call(object?[] arguments) => TakesEmpty || Array.TrueForAll(arguments, a => a is not null) ? Of(arguments) : null;
}

/// <summary>What formulas can do. Numbers are decimals: a sum of prices comes out to the cent.</summary>
static class FormulaFunctions
{
    const int MostDigits = 10;
    static readonly FormulaKind[] Kinds = Enum.GetValues<FormulaKind>();

    static readonly ILookup<string, FormulaFunction> All = Arithmetic().Concat(Comparisons()).Concat(Choices()).Concat(Texts()).Concat(Days()).ToLookup(f => f.Name);

    public static IEnumerable<string> Names => All.Select(f => f.Key).Where(n => char.IsAsciiLetter(n[0]) && n is not ("and" or "or" or "not")).Order(StringComparer.Ordinal);

    /// <exception cref="FormulaException">There is no such function, or not for these.</exception>
    public static FormulaFunction Find(string name, FormulaKind[] takes) =>
        !All.Contains(name) ? throw new FormulaException("There is no function '{0}'. There are: {1}", name, string.Join(", ", Names))
        : All[name].FirstOrDefault(f => f.Takes.AsSpan().SequenceEqual(takes)) ?? throw new FormulaException("'{0}' does not go with what it is given here.", name);

    static IEnumerable<FormulaFunction> Arithmetic() =>
    [
        Two("+", (a, b) => a + b), Two("-", (a, b) => a - b), Two("*", (a, b) => a * b), Two("/", (a, b) => b == 0 ? null : a / b),
        Two("min", (a, b) => Math.Min(a, b)), Two("max", (a, b) => Math.Max(a, b)), One("-", a => -a), One("abs", Math.Abs), One("floor", Math.Floor), One("ceiling", Math.Ceiling),
        One("round", a => decimal.Round(a, 0, MidpointRounding.AwayFromZero)),
        Two("round", (a, digits) => decimal.Round(a, (int)Math.Clamp(digits, 0, MostDigits), MidpointRounding.AwayFromZero)),
    ];

    static IEnumerable<FormulaFunction> Comparisons() => Kinds.SelectMany(kind => new FormulaFunction[]
    {
        new("=", [kind, kind], YesNo, a => Equals(a[0], a[1]), TakesEmpty: true), new("<>", [kind, kind], YesNo, a => !Equals(a[0], a[1]), TakesEmpty: true),
        Ordered("<", kind, order => order < 0), Ordered("<=", kind, order => order <= 0), Ordered(">", kind, order => order > 0), Ordered(">=", kind, order => order >= 0),
    });

    static IEnumerable<FormulaFunction> Choices() => Kinds.SelectMany(kind => new FormulaFunction[]
    {
        new("if", [YesNo, kind, kind], kind, a => a[0] is true ? a[1] : a[2], TakesEmpty: true),
        new("ifempty", [kind, kind], kind, a => a[0] ?? a[1], TakesEmpty: true),
        new("isempty", [kind], YesNo, a => a[0] is null, TakesEmpty: true),
    }).Concat(
    [
        new("and", [YesNo, YesNo], YesNo, a => a[0] is true && a[1] is true, TakesEmpty: true),
        new("or", [YesNo, YesNo], YesNo, a => a[0] is true || a[1] is true, TakesEmpty: true),
        new("not", [YesNo], YesNo, a => a[0] is not true, TakesEmpty: true),
    ]);

    static IEnumerable<FormulaFunction> Texts() => Kinds.SelectMany(_ => Kinds, (a, b) => new FormulaFunction("&", [a, b], Words, both => Neutral(both[0]) + Neutral(both[1]), TakesEmpty: true)).Concat(
    [
        new("len", [Words], Number, a => (decimal)((string)a[0]!).Length),
        new("upper", [Words], Words, a => ((string)a[0]!).ToUpperInvariant()), new("lower", [Words], Words, a => ((string)a[0]!).ToLowerInvariant()),
        new("left", [Words, Number], Words, a => Part((string)a[0]!, (decimal)a[1]!, fromEnd: false)), new("right", [Words, Number], Words, a => Part((string)a[0]!, (decimal)a[1]!, fromEnd: true)),
    ]);

    static IEnumerable<FormulaFunction> Days() =>
    [
        new("+", [Date, Number], Date, a => ((DateOnly)a[0]!).AddDays((int)(decimal)a[1]!)), new("-", [Date, Number], Date, a => ((DateOnly)a[0]!).AddDays(-(int)(decimal)a[1]!)),
        new("-", [Date, Date], Number, a => (decimal)(((DateOnly)a[0]!).DayNumber - ((DateOnly)a[1]!).DayNumber)),
        new("year", [Date], Number, a => (decimal)((DateOnly)a[0]!).Year), new("month", [Date], Number, a => (decimal)((DateOnly)a[0]!).Month), new("day", [Date], Number, a => (decimal)((DateOnly)a[0]!).Day),
    ];

    /// <summary>As <c>&amp;</c> joins it: neutral text, nothing for what is empty.</summary>
    public static string Neutral(object? value) => value switch
    {
        null => "",
        decimal number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        var text => (string)text,
    };

    static FormulaFunction One(string name, Func<decimal, decimal> of) => new(name, [Number], Number, a => of((decimal)a[0]!));

    static FormulaFunction Two(string name, Func<decimal, decimal, decimal?> of) => new(name, [Number, Number], Number, a => of((decimal)a[0]!, (decimal)a[1]!));

    static FormulaFunction Ordered(string name, FormulaKind kind, Func<int, bool> holds) =>
        new(name, [kind, kind], YesNo, a => a[0] is not null && a[1] is not null && holds(a[0] is string one ? string.CompareOrdinal(one, (string)a[1]!) : Comparer<object>.Default.Compare(a[0], a[1])), TakesEmpty: true);

    static string Part(string text, decimal wanted, bool fromEnd)
    {
        var count = (int)Math.Clamp(wanted, 0, text.Length);
        return fromEnd ? text[^count..] : text[..count];
    }
}
