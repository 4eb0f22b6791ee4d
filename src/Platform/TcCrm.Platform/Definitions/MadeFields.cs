using System.Linq.Expressions;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Checks;

namespace TcCrm.Platform.Definitions;

/// <summary>Fields of the engine from fields of a definition: the same field kinds over a slot instead of a property.</summary>
static class MadeFields
{
    /// <summary>The kinds that a tenant can choose.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["text", "long-text", "number", "money", "date", "moment", "yes-no", "choice", "multi-choice", "tags", "lookup", "user", "phone", "email", "region"];

    /// <summary>Where the currency of an amount is kept.</summary>
    public static string CurrencyOf(string slot) => slot + "c";

    /// <summary>What the database compares of a kind; a date as its day's number, a moment in microseconds.</summary>
    public static Type KeyOf(string kind) => kind is "number" or "money" or "date" or "moment" ? typeof(long?) : kind is "yes-no" ? typeof(bool) : typeof(string);

    public static string IndexOf(string table, FieldDefinition field) => $"ix_{table}_{field.SlotName}";

    /// <param name="indexes">Names of the indexes that there are.</param>
    public static Field<T> Of<T>(FieldDefinition definition, string type, string table, FieldKind kind, IReadOnlySet<string> indexes) where T : Record =>
        KeyOf(definition.Kind) is var key && key == typeof(long?) ? Of<T, long?>(definition, type, table, kind, indexes)
        : key == typeof(bool) ? Of<T, bool>(definition, type, table, kind, indexes)
        : Of<T, string>(definition, type, table, kind, indexes);

    static PropertyField<T, TKey> Of<T, TKey>(FieldDefinition definition, string type, string table, FieldKind kind, IReadOnlySet<string> indexes) where T : Record
    {
        var slot = definition.SlotName;
        return new(KeyOf<T, TKey>(slot), r => Get(r.MadeValues, slot, definition.Kind), (r, value) => Set(r.MadeValues, slot, definition.Kind, value))
        {
            Name = definition.Name,
            RecordType = type,
            Kind = kind,
            Slot = slot,
            Column = slot,
            KeyOfValue = Kept,
            PlainType = PlainOf(definition.Kind),
            IsIndexed = indexes.Contains(IndexOf(table, definition)),
            IsTitle = definition.IsTitle,
            IsRequired = definition.IsRequired,
            IsReadOnly = definition.NumberPattern is not null || definition.Formula is not null,
            Formula = definition.Formula,
            NumberPattern = definition.NumberPattern,
            IsUnique = definition.IsUnique,
            IsSearched = definition.IsSearched,
            MaxLength = definition.MaxLength ?? (kind is Platform.Fields.Kinds.TextKind ? FieldDefinitionRules.LongestIndexed : null),
            Range = definition.Min is null && definition.Max is null ? null : (definition.Min ?? decimal.MinValue, definition.Max ?? decimal.MaxValue),
            Scale = definition.Scale,
            Choices = [.. definition.Options.Select(o => o.Value)],
            ChoiceTones = definition.Options.Where(o => o.Tone is not null).DistinctBy(o => o.Value).ToDictionary(o => o.Value, o => o.Tone!),
            LookupType = definition.LookupType,
            Checks = definition.Pattern is { Length: > 0 } pattern ? [new MatchesPatternAttribute(pattern)] : [],
        };
    }

    static Expression<Func<T, TKey>> KeyOf<T, TKey>(string slot) where T : Record
    {
        var row = Expression.Parameter(typeof(T), "r");
        return Expression.Lambda<Func<T, TKey>>(Expression.Call(MadeKeys.For(typeof(TKey)), Expression.Property(row, nameof(Record.Made)), Expression.Constant(slot)), row);
    }

    static Type PlainOf(string kind) => kind switch
    {
        "number" => typeof(long),
        "money" => typeof(Money),
        "date" => typeof(DateOnly),
        "moment" => typeof(DateTime),
        "yes-no" => typeof(bool),
        "multi-choice" or "tags" => typeof(List<string>),
        "lookup" or "user" => typeof(Guid),
        _ => typeof(string),
    };

    /// <summary>What is not in the form that the kind keeps (of a kind that the field once had) counts as empty.</summary>
    static object? Get(MadeValues values, string slot, string kind) => (kind, values[slot]) switch
    {
        ("yes-no", var flag) => flag is true,
        ("money", long minor) => new Money(minor, values[CurrencyOf(slot)] as string ?? FieldContext.Neutral.Currency),
        ("date", long day) => DateOnly.FromDayNumber((int)day),
        ("moment", long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond),
        ("lookup" or "user", string id) => Guid.TryParse(id, out var known) ? known : null,
        ("multi-choice" or "tags", List<string> words) => words.ToList(),
        ("number", long number) => number,
        ("number" or "money" or "date" or "moment" or "lookup" or "user" or "multi-choice" or "tags", _) => null,
        (_, string text) => text,
        _ => null,
    };

    static void Set(MadeValues values, string slot, string kind, object? value)
    {
        if (kind == "money") values[CurrencyOf(slot)] = (value as Money)?.Currency;
        values[slot] = value switch
        {
            null or "" or List<string> { Count: 0 } => null,
            Money money => money.Minor,
            Guid id when id == Guid.Empty => null,
            int or long or DateOnly or DateTime or Guid => Kept(value),
            _ => value,
        };
    }

    static object Kept(object value) => value switch
    {
        DateOnly day => (long)day.DayNumber,
        DateTime moment => (moment.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        Guid id => id.ToString(),
        int number => (long)number,
        _ => value,
    };
}
