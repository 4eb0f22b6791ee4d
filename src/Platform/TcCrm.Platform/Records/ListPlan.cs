using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Search;

namespace TcCrm.Platform.Records;

/// <summary>
/// Decides which index a list is read along, so that a page costs about the same however many rows there are. SQLite keeps no statistics of
/// ours and does not weigh LIMIT, so each filter is probed: the rarest one is read whole and sorted; when all match many rows, the index of the sort
/// is walked until the page is full. PostgreSQL weighs both by itself. The reasons are in ADR 12.
/// </summary>
sealed class ListPlan<T>(CrmDbContext db, RecordType<T> type, RecordFilters<T> filters, RecordQuery query, VisibleRows<T> visible) where T : Record, new()
{
    /// <summary>Rows that may be read one by one and sorted: some 2 microseconds each.</summary>
    const int Many = 4000;
    static readonly string[] Ranges = ["eq", "in", "starts", "gt", "ge", "lt", "le", "empty"];

    readonly string _table = type.Table;
    readonly List<FieldFilter> _filters = [.. query.Filters.SelectMany(Flat)];
    readonly HashSet<FieldFilter> _common = [];
    FieldFilter? _rarest;

    string IdIndex => $"sqlite_autoindex_{_table}_1";
    bool IsSearch => query.Search is { Length: > 0 };

    /// <summary>The rows in no order, for counting.</summary>
    public async Task<IQueryable<T>> RowsAsync(CancellationToken cancel)
    {
        await ProbeAsync(cancel);
        return Matching(Along(Narrowest));
    }

    /// <summary>The rows for a page in the order of the field, or newest first.</summary>
    public async Task<IQueryable<T>> RowsAsync(Field? sort, CancellationToken cancel)
    {
        await ProbeAsync(cancel);
        return Matching(Along(Narrowest ?? ((_common.Count > 0 || !visible.IsAll) && _rarest is null && visible.IsCommon && !query.Deleted ? SortIndex(sort) : null)));
    }

    async Task ProbeAsync(CancellationToken cancel)
    {
        var least = Many;
        foreach (var filter in _filters)
        {
            var count = !db.Database.IsSqlite() || IsSearch || query.Deleted ? Many : await CountAsync(filter, cancel);
            if (count == Many) _common.Add(filter);
            if (count < least) (_rarest, least) = (filter, count);
        }
    }

    /// <summary>Of several values the index rows are counted: over the records SQLite would collect all ids first.</summary>
    Task<int> CountAsync(FieldFilter filter, CancellationToken cancel)
    {
        var rows = type.Source.Rows(db).Where(filters.Where(filter, isCommon: false));
        if (filter.Operator != "has" || filters.FieldOf(filter) is not { } tags) return rows.Take(Many).CountAsync(cancel);
        var (owner, name, value) = (tags.RecordType, tags.Name, filter.Value);
        return db.Set<MultiValue>().Where(v => v.RecordType == owner && v.Field == name && v.Value == value).Take(Many).CountAsync(cancel);
    }

    /// <summary>The index that finds few rows; null when there is none.</summary>
    string? Narrowest => IsSearch ? IdIndex
        : _rarest is null || filters.FieldOf(_rarest) is not { } narrow ? null
        : _rarest.Operator == "has" ? IdIndex
        : Ranges.Contains(_rarest.Operator) && narrow.Kind.CanSort ? IndexOf(narrow) : null;

    /// <summary>The index of one value holds its rows by id, that of a pair by the second field.</summary>
    string? SortIndex(Field? sort)
    {
        var values = _filters.Where(f => f.Operator == "eq").Select(filters.FieldOf).OfType<Field<T>>().ToList();
        return sort is null ? values.Count > 0 ? IndexOf(values[0]) : type.Source.NewestIndex ?? IdIndex
            : values.Find(f => f.Name == sort.SortedWithin) is { } within ? $"ix_{_table}_{within.Column}_{sort.Column}" : IndexOf(sort);
    }

    IQueryable<T> Matching(IQueryable<T> rows)
    {
        rows = visible.Of(query.Deleted ? rows.Where(r => r.DeletedAt != null) : rows.Where(r => r.DeletedAt == null));
        rows = _filters.Aggregate(rows, (r, filter) => r.Where(filters.Where(filter, _common.Contains(filter))));
        return IsSearch ? SearchIndex.Within(rows, db, type.Name, query.Search!) : rows;
    }

    IQueryable<T> Along(string? index) => index is null || !db.Database.IsSqlite() ? type.Source.Rows(db) : type.Source.Along(db, index);

    /// <summary>Null while it is being built: the list is there all the same, only slower.</summary>
    string? IndexOf(Field field) => field.IsIndexed ? $"ix_{_table}_{field.Column}" : null;

    static IEnumerable<FieldFilter> Flat(FieldFilter filter) => filter is FilterGroup { Any: false } all ? all.Parts.SelectMany(Flat) : [filter];
}
