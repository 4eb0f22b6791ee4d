using System.Globalization;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Definitions.Formulas;

/// <summary>The formulas of a record type, in the order in which they need each other.</summary>
public sealed class TypeFormulas
{
    readonly IReadOnlyList<Field> _fields;
    readonly List<(Field Field, Formula Formula)> _inOrder = [];

    /// <param name="problem">Told of each formula that is left out: unreadable, or one that needs itself.</param>
    public TypeFormulas(IReadOnlyList<Field> fields, Action<Field, FormulaException>? problem = null)
    {
        _fields = fields;
        var waiting = fields.Where(f => f.Formula is not null).Select(f => (Field: f, Formula: Read(f, problem))).Where(f => f.Formula is not null).ToList();
        while (waiting.FindIndex(f => waiting.TrueForAll(other => !f.Formula!.Names.Contains(other.Field.Name))) is var next && next >= 0)
        {
            _inOrder.Add((waiting[next].Field, waiting[next].Formula!));
            waiting.RemoveAt(next);
        }
        foreach (var (field, _) in waiting) problem?.Invoke(field, new("The formula needs its own result, directly or by way of others."));
    }

    public bool IsEmpty => _inOrder.Count == 0;

    /// <summary>Fields whose formulas are made of this one.</summary>
    public IEnumerable<Field> Needing(string field) => _inOrder.Where(f => f.Formula.Names.Contains(field)).Select(f => f.Field);

    public void Compute(Record record, FieldContext context)
    {
        foreach (var (field, formula) in _inOrder)
        {
            var currencies = new HashSet<string>(StringComparer.Ordinal);
            var value = formula.ValueOf(name => ValueOf(Find(name)!, record, currencies));
            // Amounts of several currencies make no amount.
            field.Give(record, value is null || currencies.Count > 1 ? null : Fitting(value, field, currencies.FirstOrDefault() ?? context.Currency));
        }
    }

    /// <summary>What a formula can use of a kind of field; null for kinds that it cannot.</summary>
    public static FormulaKind? KindOf(string? kind) => kind switch
    {
        "number" or "money" => FormulaKind.Number,
        "text" or "long-text" or "phone" or "email" or "choice" => FormulaKind.Words,
        "yes-no" => FormulaKind.YesNo,
        "date" => FormulaKind.Date,
        _ => null,
    };

    /// <summary>Whether a field can hold what a formula comes to; a text can hold everything.</summary>
    public static bool Holds(string kind, FormulaKind result) => kind is "text" || (kind, result) is ("number" or "money", FormulaKind.Number) or ("yes-no", FormulaKind.YesNo) or ("date", FormulaKind.Date);

    Formula? Read(Field field, Action<Field, FormulaException>? problem)
    {
        try
        {
            var formula = Formula.Read(field.Formula!, name => KindOf(Find(name)?.Kind.Name));
            if (!Holds(field.Kind.Name, formula.Kind)) throw new FormulaException("The formula gives something that a field of this kind cannot hold.");
            return formula;
        }
        catch (FormulaException wrong)
        {
            problem?.Invoke(field, wrong);
            return null;
        }
    }

    Field? Find(string name) => _fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    static object? ValueOf(Field field, Record record, HashSet<string> currencies)
    {
        var value = field.Value(record);
        if (value is Money money) currencies.Add(money.Currency);
        return value switch
        {
            null => null,
            Money amount => amount.Amount,
            long or int => Convert.ToDecimal(value, CultureInfo.InvariantCulture) / Power(field.Scale),
            DateOnly or bool => value,
            _ => field.Kind.Format(value, field),
        };
    }

    /// <summary>Rounded half away from zero to what the field holds; null when it is too large.</summary>
    static object? Fitting(object value, Field field, string currency)
    {
        try
        {
            return (field.Kind.Name, value) switch
            {
                ("number", decimal number) => (object)checked((long)decimal.Round(number * Power(field.Scale), 0, MidpointRounding.AwayFromZero)),
                ("money", decimal amount) => Money.Of(amount, currency),
                ("text", _) when Formula.TextOf(value) is var text => field.MaxLength < text.Length ? text[..field.MaxLength.Value] : text,
                _ => value,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    static decimal Power(int scale) => (decimal)Math.Pow(10, scale);
}
