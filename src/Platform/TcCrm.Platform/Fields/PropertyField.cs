using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Fields;

/// <summary>A field that is a property of a record class. <typeparamref name="TKey"/> is what filters and sort compare: the value itself, or minor units of money.</summary>
/// <param name="key">Selects the key; EF translates it to the column.</param>
/// <param name="get">The property's value.</param>
/// <param name="set">Null when the property has no setter; one that is not public serves to redact.</param>
public sealed class PropertyField<T, TKey>(Expression<Func<T, TKey>> key, Func<T, object?> get, Action<T, object?>? set) : Field<T> where T : Record
{
    readonly KeyPredicates<T, TKey> _where = new(key);

    /// <summary>The key of a value; kinds know it for properties.</summary>
    public Func<object, object>? KeyOfValue { get; init; }

    public override bool CanBeEmpty => _where.IsNullable || (_where.Plain == typeof(string) && (!IsRequired || Slot is not null));

    public override object? Value(Record record) => get((T)record) switch
    {
        "" => null,
        List<string> { Count: 0 } => null,
        Guid id when id == Guid.Empty => null,
        var value => value,
    };

    public override bool TrySet(Record record, object? value)
    {
        if (set is null || IsReadOnly || (value is null && Slot is null && PlainType != typeof(string) && !Kind.IsMultiple && PlainType.IsValueType && !_where.IsNullable && PlainType != typeof(Guid))) return false;
        Overwrite(record, value);
        return true;
    }

    protected override void Overwrite(Record record, object? value) =>
        set?.Invoke((T)record, value ?? (PlainType == typeof(string) ? "" : Kind.IsMultiple ? new List<string>() : PlainType == typeof(Guid) && !_where.IsNullable ? Guid.Empty : null));

    public override Expression<Func<T, bool>> Where(FieldFilter filter, FieldContext context, IQueryable<MultiValue> values, bool isCommon)
    {
        if (!Kind.Operators.Contains(filter.Operator)) throw new BadFilterException("The field '{0}' cannot be filtered with '{1}'. Use one of: {2}.", ApiName, filter.Operator, string.Join(' ', Kind.Operators));
        return filter.Operator switch
        {
            "empty" => Kind.IsMultiple ? HasNone(values, filter.Value != "false") : _where.IsEmpty(filter.Value != "false"),
            "has" => Has(values, filter.Value, isCommon),
            "in" => _where.In([.. filter.Value.Split(',').Select(v => KeyOf(v, filter, context))]),
            "starts" => _where.StartsWith((string)KeyOf(filter.Value, filter, context)),
            var compare => _where.Compare(compare, KeyOf(filter.Value, filter, context)),
        };
    }

    /// <summary>Up to three index ranges, read until the page is full: the rest of the tie, what lies beyond, the empties (always last).</summary>
    public override async Task<List<T>> PageAsync(IQueryable<T> rows, bool descending, Cursor? after, int take, Expression<Func<T, T>>? shape, CancellationToken cancel)
    {
        var page = new List<T>(take);
        var last = after?.Value is { } text ? CursorText.Parse(text, _where.Plain) : null;
        if (after?.Value is not null && last is null) return page;
        if (last is not null) await AddAsync(ById(BeyondId(rows.Where(_where.Compare("eq", last)), after!.Id, descending), descending));
        if (after is null || last is not null)
        {
            var rest = last is not null ? rows.Where(_where.Compare(descending ? "lt" : "gt", last)) : rows;
            if (CanBeEmpty && (last is null || (descending && _where.Plain == typeof(string)))) rest = rest.Where(_where.IsEmpty(false));
            await AddAsync(descending ? rest.OrderByDescending(key).ThenByDescending(r => r.Id) : rest.OrderBy(key).ThenBy(r => r.Id));
        }
        if (CanBeEmpty) await AddAsync(ById(last is null && after is not null ? BeyondId(rows.Where(_where.IsEmpty(true)), after.Id, descending) : rows.Where(_where.IsEmpty(true)), descending));
        return page;

        async Task AddAsync(IQueryable<T> range)
        {
            var left = take - page.Count;
            if (left > 0) page.AddRange(await (shape is null ? range.Take(left) : range.Take(left).Select(shape)).ToListAsync(cancel));
        }
    }

    public override Cursor CursorAt(T record) => new(Value(record) is { } value ? CursorText.Format(Key(value)) : null, record.Id);

    public override Expression<Func<T, bool>> HoldsOneOf(IReadOnlyList<object> values) => _where.In([.. values.Select(Key)]);

    public override IQueryable<int> Repeated(IQueryable<T> rows) => rows.Where(_where.IsEmpty(false)).GroupBy(key).Where(g => g.Count() > 1).Select(g => g.Count());

    object Key(object value) => KeyOfValue is null ? Kind.Key(value) : KeyOfValue(Kind.Key(value));

    object KeyOf(string text, FieldFilter filter, FieldContext context) =>
        Kind.Name is "text" && filter.Operator == "starts" ? text
        : Kind.TryParse(text, this, context, out var value) && value is not null ? Key(value)
        : filter.Operator == "starts" && PlainType == typeof(string) ? text
        : throw new BadFilterException("'{1}' is not a value of the field '{0}'.", ApiName, text);

    Expression<Func<T, bool>> Has(IQueryable<MultiValue> values, string word, bool isCommon)
    {
        var (type, field) = (RecordType, Name);
        if (isCommon) return r => values.Any(v => v.RecordType == type && v.Field == field && v.Value == word && v.RecordId == r.Id);
        var found = values.Where(v => v.RecordType == type && v.Field == field && v.Value == word).Select(v => v.RecordId);
        return r => found.Contains(r.Id);
    }

    Expression<Func<T, bool>> HasNone(IQueryable<MultiValue> values, bool none)
    {
        var (type, field) = (RecordType, Name);
        return r => values.Any(v => v.RecordId == r.Id && v.RecordType == type && v.Field == field) != none;
    }

    static IQueryable<T> ById(IQueryable<T> rows, bool descending) => descending ? rows.OrderByDescending(r => r.Id) : rows.OrderBy(r => r.Id);

    static IQueryable<T> BeyondId(IQueryable<T> rows, Guid id, bool descending) =>
        descending ? rows.Where(r => r.Id.CompareTo(id) < 0) : rows.Where(r => r.Id.CompareTo(id) > 0);
}
