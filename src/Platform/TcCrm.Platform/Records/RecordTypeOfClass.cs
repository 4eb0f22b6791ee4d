using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Kinds;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Search;

namespace TcCrm.Platform.Records;

/// <summary>A record type whose records are rows of one class.</summary>
public sealed class RecordType<T>(IReadOnlyList<Field<T>> fields) : RecordType where T : Record, new()
{
    static readonly CompiledQuery<Guid, T> ById = new((db, id) => db.Set<T>().AsNoTracking().Where(r => r.Id == id && r.DeletedAt == null));
    static readonly CompiledQuery<int, T> Newest = new((db, count) => db.Set<T>().AsNoTracking().Where(r => r.DeletedAt == null).OrderByDescending(r => r.Id).Take(count));
    readonly Dictionary<string, Field<T>> _byName = fields.ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
    IReadOnlyList<Field>? _columns;
    List<(Field<T> Field, FieldLevel Level)> _redacted = [];

    public required RecordSource<T> Source { get; init; }
    public Func<T> Create { get; init; } = () => new();
    public override Type Class => typeof(T);
    public override string Table => Source.Table;
    public override IReadOnlyList<Field> Fields => fields;
    public override IReadOnlyList<Field> Columns => _columns ??= [.. Screens.ColumnNames.Select(_byName.GetValueOrDefault).OfType<Field>()];
    public override Field? Find(string field) => _byName.GetValueOrDefault(field);
    public override Record New() => Create();

    public override RecordType SeenAs(Func<Field, FieldLevel> levelOf)
    {
        var seen = fields.Select(f => (Field: f, Level: levelOf(f))).Where(f => f.Level != FieldLevel.Hidden || f.Field.IsTitle)
            .Select(f => (Field<T>)f.Field.SeenAs(f.Level == FieldLevel.Hidden ? FieldLevel.Masked : f.Level)).ToList();
        var redacted = fields.Select(f => (Field: f, Level: levelOf(f))).Where(f => f.Level < FieldLevel.ReadOnly).ToList();
        return new RecordType<T>(seen) { Name = Name, Feature = Feature, Icon = Icon, Screens = Screens, Source = Source, Create = Create, IsFollowing = IsFollowing, _redacted = redacted };
    }

    internal override RecordType With(TypeDefinition definition, IReadOnlyList<FieldKind> kinds, IReadOnlySet<string> indexes)
    {
        Field<T>[] made = [.. definition.Fields.Where(f => Find(f.Name) is null).Select(f => MadeFields.Of<T>(f with { IsTitle = false }, Name, Table, kinds.First(k => k.Name == f.Kind), indexes))];
        return new RecordType<T>([.. fields, .. made])
        {
            Name = Name,
            Feature = Feature,
            Icon = Icon,
            Source = Source,
            Screens = MadeScreens.With(Screens, definition),
            IsFollowing = definition.Pending.Count > 0,
            Create = () => MadeDefaults.Fill(Create(), definition, made),
        };
    }

    public override async Task<bool> ReachesAsync(CrmDbContext db, RecordRight right, Guid id, CancellationToken cancel)
    {
        var visible = await VisibleAsync(db, right, cancel);
        return visible.IsAll || await visible.Of(Source.Rows(db)).AnyAsync(r => r.Id == id, cancel);
    }

    internal override Task<bool> OpensAsync(CrmDbContext db, Grant grant, Guid id, CancellationToken cancel) => VisibleRows<T>.OpensAsync(db, this, grant, id, cancel);

    internal override async Task<VisibleIds> VisibleIdsAsync(CrmDbContext db, CancellationToken cancel)
    {
        var visible = await VisibleAsync(db, RecordRight.View, cancel);
        return new(visible.IsAll ? null : visible.Of(Source.Rows(db)).Select(r => r.Id), visible.IsCommon);
    }

    public override async Task<Record?> FindAsync(CrmDbContext db, Guid id, CancellationToken cancel)
    {
        var visible = await VisibleAsync(db, RecordRight.View, cancel);
        return Redacted(visible.IsAll && Source.IsOfClass ? await ById.FirstOrDefaultAsync(db, id, cancel) : await visible.Of(Source.Rows(db).AsNoTracking()).FirstOrDefaultAsync(r => r.Id == id && r.DeletedAt == null, cancel));
    }

    internal override async Task<Record?> FindAnyAsync(CrmDbContext db, Guid id, CancellationToken cancel) =>
        await Source.Rows(db).AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel);

    public override async Task<Record?> FindForUpdateAsync(CrmDbContext db, Guid id, CancellationToken cancel) =>
        await (await VisibleAsync(db, RecordRight.View, cancel)).Of(Source.Rows(db)).FirstOrDefaultAsync(r => r.Id == id && r.DeletedAt == null, cancel);

    public override async Task<Record?> FindDeletedAsync(CrmDbContext db, Guid id, CancellationToken cancel) =>
        await (await VisibleAsync(db, RecordRight.Delete, cancel)).Of(Source.Rows(db)).FirstOrDefaultAsync(r => r.Id == id && r.DeletedAt != null, cancel);

    public override async Task<IReadOnlyList<Record>> FindByAsync(CrmDbContext db, Field field, IReadOnlyList<object> values, RecordRight? right, CancellationToken cancel)
    {
        var found = new List<Record>();
        var rows = right is { } asked ? (await VisibleAsync(db, asked, cancel)).Of(Source.Rows(db)) : Source.Rows(db);
        foreach (var some in values.Chunk(200))
        {
            found.AddRange(await rows.Where(r => r.DeletedAt == null).Where(_byName[field.Name].HoldsOneOf(some)).ToListAsync(cancel));
        }
        return found;
    }

    public override async Task<IReadOnlyList<Record>> FindPartsAsync(CrmDbContext db, Field owner, Guid id, DateTime? deletedAt, CancellationToken cancel) =>
        await Source.Rows(db).Where(r => EF.Property<Guid?>(r, owner.Name) == id && r.DeletedAt == deletedAt).ToListAsync(cancel);

    public override async Task<IReadOnlyList<Record>> FindManyAsync(CrmDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        [.. (await (await VisibleAsync(db, RecordRight.View, cancel)).Of(Source.Rows(db)).AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(cancel)).Select(r => Redacted(r)!)];

    public override async Task<IReadOnlyList<Record>> OldestAsync(CrmDbContext db, Guid after, int count, CancellationToken cancel) =>
        await Source.Rows(db).AsNoTracking().Where(r => r.DeletedAt == null && r.Id.CompareTo(after) > 0).OrderBy(r => r.Id).Take(count).ToListAsync(cancel);

    internal override Task<int> CountAllAsync(CrmDbContext db, CancellationToken cancel) => Source.Rows(db).CountAsync(cancel);

    internal override async Task<IReadOnlyList<Record>> NextAsync(CrmDbContext db, Guid after, int count, CancellationToken cancel) =>
        await Source.Rows(db).Where(r => r.Id.CompareTo(after) > 0).OrderBy(r => r.Id).Take(count).ToListAsync(cancel);

    internal override Field Former(FieldDefinition definition, FieldKind kind) => MadeFields.Of<T>(definition, Name, Table, kind, new HashSet<string>());

    internal override Task<List<Guid>> DueAsync(CrmDbContext db, IReadOnlyList<FieldFilter> filters, string? since, DateTime before, Guid after, int count, CancellationToken cancel)
    {
        var rows = Source.Rows(db).Where(r => r.Id.CompareTo(after) > 0);
        if (filters.Count > 0) rows = rows.Where(Where(db, new FilterGroup(Any: false, filters)));
        if (since is not null) rows = rows.Where(r => EF.Property<DateTime>(r, since) < before);
        return rows.OrderBy(r => r.Id).Take(count).Select(r => r.Id).ToListAsync(cancel);
    }

    internal override Task<int> CountRepeatedAsync(CrmDbContext db, Field field, int limit, CancellationToken cancel) =>
        ((Field<T>)field).Repeated(Source.Rows(db)).Take(limit).SumAsync(cancel);

    public override async Task<RecordPage> ListAsync(CrmDbContext db, RecordQuery query, CancellationToken cancel)
    {
        query = await MeantFilters.OfAsync(query, Find, db, cancel);
        var descending = query.Sort?.StartsWith('-') == true;
        var sort = query.Sort is null ? null : SortField(query.Sort.TrimStart('-'));
        var visible = await VisibleAsync(db, query.SeenBy, cancel);
        if (query.Also is { } right) visible = visible.And(await VisibleAsync(db, right, cancel));
        var shown = Shown(query, sort);
        var rows = visible.IsAll && query.IsNewest && Source.IsOfClass ? null : (await Plan(db, query, visible).RowsAsync(sort, cancel)).AsNoTracking();
        var items = rows is null ? await (shown?.NewestAsync(db, query.Size + 1, cancel) ?? Newest.ToListAsync(db, query.Size + 1, cancel))
            : sort is not null ? await sort.PageAsync(rows, descending, query.After, query.Size + 1, shown?.Shape, cancel)
            : await NewestAsync(rows, query, shown, cancel);
        var next = items.Count > query.Size ? sort?.CursorAt(items[query.Size - 1]) ?? new(null, items[query.Size - 1].Id) : null;
        if (next is not null) items.RemoveAt(query.Size);
        return new([.. items.Where(r => query.Search is not { Length: > 0 } search || MayFind(r, search)).Select(r => Redacted(r)!)], next);
    }

    public override async Task<int> CountAsync(CrmDbContext db, RecordQuery query, int limit, CancellationToken cancel) =>
        _redacted.Exists(f => f.Field.IsSearched) && query.Search is { Length: > 0 }
            ? (await ListAsync(db, query with { After = null, Size = Math.Min(limit, RecordQueryText.MaxSize) }, cancel)).Items.Count
            : await (await Plan(db, await MeantFilters.OfAsync(query, Find, db, cancel), await VisibleAsync(db, query.SeenBy, cancel)).RowsAsync(cancel)).Take(limit).CountAsync(cancel);

    internal Expression<Func<T, bool>> Where(CrmDbContext db, FieldFilter filter) => new RecordFilters<T>(_byName, db).Where(filter, isCommon: false);

    ListPlan<T> Plan(CrmDbContext db, RecordQuery query, VisibleRows<T> visible) => new(db, this, new(_byName, db), query, visible);

    /// <summary>For records that go to a reader; those that are to be saved stay whole.</summary>
    T? Redacted(T? record)
    {
        if (record is not null) _redacted.ForEach(f => f.Field.Redact(record, f.Level == FieldLevel.Hidden));
        return record;
    }

    /// <summary>Search looks into all searched fields. What it finds by a field that this user may not read is no find, unless they know the whole value of a masked one.</summary>
    bool MayFind(T record, string search) => !_redacted.Exists(f => f.Field.IsSearched) || SearchTerms.IsIn(
        string.Join('\n', fields.Where(f => f.IsSearched && f.Kind is not MaskedKind).Select(f => f.SearchText(record))), search)
        || _redacted.Exists(f => f.Level == FieldLevel.Masked && f.Field.IsSearched && SearchTerms.IsWhole(f.Field.Text(record), search));

    Task<VisibleRows<T>> VisibleAsync(CrmDbContext db, RecordRight right, CancellationToken cancel) => VisibleRows<T>.ReadAsync(db, this, right, cancel);

    Field<T> SortField(string name) =>
        _byName.GetValueOrDefault(name) is { Kind.CanSort: true } field ? field : throw new BadFilterException("There is no field '{0}' to sort by.", name);

    /// <summary>Null to read whole records. A search may have to look into fields that the list does not show.</summary>
    ShownFields<T>? Shown(RecordQuery query, Field<T>? sort) => query.Only is null || query.Search is { Length: > 0 } ? null
        : ShownFields<T>.Of(query.Only.Append(Title).Append(Number).Append(sort).OfType<Field>().Distinct());

    static Task<List<T>> NewestAsync(IQueryable<T> rows, RecordQuery query, ShownFields<T>? shown, CancellationToken cancel)
    {
        if (query.After is { Id: var id }) rows = rows.Where(r => r.Id.CompareTo(id) < 0);
        rows = rows.OrderByDescending(r => r.Id).Take(query.Size + 1);
        return (shown is null ? rows : rows.Select(shown.Shape)).ToListAsync(cancel);
    }
}
