using System.Linq.Expressions;
using System.Text.Json;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Fields;

/// <summary>One field of a record type, from a property or from a tenant's definition; nobody else needs to know which.</summary>
public abstract class Field
{
    FieldKind? _seenKind;
    bool _isNarrowed;

    /// <summary>Name of the property: <c>CreditCode</c>.</summary>
    public required string Name
    {
        get;
        init => (field, JsonName) = (value, JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(value)));
    }
    public required string RecordType { get; init; }
    public required FieldKind Kind { get => _seenKind ?? field; init; }
    /// <summary>The value's own type, without <see cref="Nullable{T}"/>.</summary>
    public required Type PlainType { get; init; }
    public bool IsRequired { get; init; }
    public bool IsReadOnly { get => _isNarrowed || field; init; }
    public bool IsTitle { get; init; }
    public bool IsSearched { get; init; }
    public bool IsUnique { get; init; }
    public int? MaxLength { get; init; }
    /// <summary>Bounds in the field's own unit, both inclusive.</summary>
    public (decimal Min, decimal Max)? Range { get; init; }
    /// <summary>Digits behind the point of a number kept as scaled integer.</summary>
    public int Scale { get; init; }
    /// <summary>The field that has an index together with this one, see <see cref="SortedWithinAttribute"/>.</summary>
    public string? SortedWithin { get; init; }
    public Type? ChoiceType { get; init; }
    public IReadOnlyList<string> Choices { get; init; } = [];
    /// <summary>By choice, for those that have a colour.</summary>
    public IReadOnlyDictionary<string, string> ChoiceTones { get; init; } = new Dictionary<string, string>();
    public string? LookupType { get; init; }
    /// <summary>It speaks of a person, see <see cref="PersonalDataAttribute"/>.</summary>
    public bool IsPersonal { get; init; }
    /// <summary>It alone tells who the person is.</summary>
    public bool Identifies { get; init; }
    /// <summary>A lookup to the record that this one is part of.</summary>
    public bool IsWhole { get; init; }
    /// <summary>Pattern of the number rule that a fresh tenant has; null unless the field is the record's number.</summary>
    public string? NumberPattern { get; init; }
    /// <summary>What the value is computed from whenever the record is saved, in words of <see cref="Definitions.Formulas.Formula"/>; nobody types it.</summary>
    public string? Formula { get; init; }
    public IReadOnlyList<FieldCheckAttribute> Checks { get; init; } = [];

    public string LabelKey => field ??= $"{RecordType}.{Name}";
    public string ApiName => JsonName.Value;
    internal JsonEncodedText JsonName { get; private init; }
    public string ChoiceKey(string choice) => ChoiceType is null ? $"{LabelKey}.{choice}" : $"{ChoiceType.Name}.{choice}";
    public bool HasChoices => Choices.Count > 0 || ChoiceType is not null;
    /// <summary>What the database calls it, and its index after it.</summary>
    public string Column { get => field ??= Data.CrmModel.Snake(Name) + (PlainType == typeof(Money) ? "_minor" : ""); init; }
    /// <summary>False while the index of a field that the tenant has made is still being built.</summary>
    public bool IsIndexed { get; init; } = true;
    /// <summary>Where the record keeps the value of a field that the tenant has made; null for a property.</summary>
    public string? Slot { get; init; }

    /// <summary>The field as somebody has it whose rights leave only this much of it.</summary>
    public Field SeenAs(FieldLevel level)
    {
        if (level == FieldLevel.Open) return this;
        var seen = (Field)MemberwiseClone();
        seen._isNarrowed = true;
        if (level == FieldLevel.Masked) seen._seenKind = new Kinds.MaskedKind(Kind);
        return seen;
    }

    /// <summary>Takes out of a record, which nobody may save afterwards, what a masked field must not tell, or all of a hidden one.</summary>
    public void Redact(Record record, bool isHidden)
    {
        if (Value(record) is { } value) Overwrite(record, !isHidden && PlainType == typeof(string) ? Kinds.MaskedKind.Masked((string)value) : null);
    }

    /// <summary>What the engine says where nobody may type: the number of a new record, what a formula comes to.</summary>
    internal void Give(Record record, object? value) => Overwrite(record, value);

    /// <summary>Also where the property has no public setter; null leaves as little as the property can hold.</summary>
    protected abstract void Overwrite(Record record, object? value);

    /// <summary>The column may hold no value at all, or, for text, an empty one.</summary>
    public abstract bool CanBeEmpty { get; }
    /// <summary>Null when the field is empty: no text, no value, no entry.</summary>
    public abstract object? Value(Record record);
    /// <summary>False when the field is read-only or cannot hold the value (an empty one where it must hold something).</summary>
    public abstract bool TrySet(Record record, object? value);

    /// <summary>Neutral text; empty for no value.</summary>
    public string Text(Record record) => Value(record) is { } value ? Kind.Format(value, this) : "";

    public string SearchText(Record record) => Value(record) is { } value ? Kind.SearchText(value, this) : "";

    public string Show(Record record, FieldContext context, IText text) => Value(record) is { } value ? Kind.Show(value, this, context, text) : "";

    public void WriteJson(Utf8JsonWriter json, Record record)
    {
        if (Value(record) is { } value) Kind.WriteJson(json, value, this);
        else if (Kind.IsMultiple) Kind.WriteJson(json, new List<string>(), this);
        else if (PlainType == typeof(string)) json.WriteStringValue("");
        else json.WriteNullValue();
    }
}

/// <summary>A field that can take part in queries over its record class.</summary>
public abstract class Field<T> : Field where T : Record
{
    /// <param name="isCommon">Asks each row whether it has a value, rather than collect the rows that have it.</param>
    /// <exception cref="BadFilterException">The operator or the value makes no sense for the field.</exception>
    public abstract Expression<Func<T, bool>> Where(FieldFilter filter, FieldContext context, IQueryable<Records.MultiValue> values, bool isCommon);
    /// <param name="shape">What is read of each row; null for all of it.</param>
    public abstract Task<List<T>> PageAsync(IQueryable<T> rows, bool descending, Records.Cursor? after, int take, Expression<Func<T, T>>? shape, CancellationToken cancel);
    public abstract Records.Cursor CursorAt(T record);
    /// <summary>The rows that hold one of these values.</summary>
    public abstract Expression<Func<T, bool>> HoldsOneOf(IReadOnlyList<object> values);
    /// <summary>For each value that several rows hold, how many do.</summary>
    public abstract IQueryable<int> Repeated(IQueryable<T> rows);
}
