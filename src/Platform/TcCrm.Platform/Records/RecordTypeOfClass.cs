using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Records;

/// <summary>A record type whose records are rows of one class.</summary>
public sealed class RecordType<T>(IReadOnlyList<Field<T>> fields) : RecordType where T : Record, new()
{
    static readonly CompiledQuery<Guid, T> ById = new((db, id) => db.Set<T>().AsNoTracking().Where(r => r.Id == id && r.DeletedAt == null));
    readonly Dictionary<string, Field<T>> _byName = fields.ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
    IReadOnlyList<Field>? _columns;

    public override Type Class => typeof(T);
    public override IReadOnlyList<Field> Fields => fields;
    public override IReadOnlyList<Field> Columns => _columns ??= [.. Screens.ColumnNames.Select(n => _byName[n])];
    public override Field? Find(string field) => _byName.GetValueOrDefault(field);
    public override Record New() => new T();

    public override async Task<Record?> FindAsync(CrmDbContext db, Guid id, CancellationToken cancel) =>
        await ById.FirstOrDefaultAsync(db, id, cancel);

    public override async Task<Record?> FindForUpdateAsync(CrmDbContext db, Guid id, CancellationToken cancel) =>
        await db.Set<T>().FirstOrDefaultAsync(r => r.Id == id && r.DeletedAt == null, cancel);

    public override async Task<Record?> FindDeletedAsync(CrmDbContext db, Guid id, CancellationToken cancel) =>
        await db.Set<T>().FirstOrDefaultAsync(r => r.Id == id && r.DeletedAt != null, cancel);

    public override async Task<IReadOnlyList<Record>> FindByAsync(CrmDbContext db, Field field, IReadOnlyList<object> values, CancellationToken cancel)
    {
        var found = new List<Record>();
        foreach (var some in values.Chunk(200))
        {
            var filter = new KeyPredicates<T, string>(KeyText(field)).In(some);
            found.AddRange(await db.Set<T>().Where(r => r.DeletedAt == null).Where(filter).ToListAsync(cancel));
        }
        return found;
    }

    public override async Task<IReadOnlyList<Record>> FindPartsAsync(CrmDbContext db, Field owner, Guid id, DateTime? deletedAt, CancellationToken cancel) =>
        await db.Set<T>().Where(r => EF.Property<Guid?>(r, owner.Name) == id && r.DeletedAt == deletedAt).ToListAsync(cancel);

    public override async Task<IReadOnlyList<Record>> FindManyAsync(CrmDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        await db.Set<T>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(cancel);

    public override async Task<IReadOnlyList<Record>> OldestAsync(CrmDbContext db, Guid after, int count, CancellationToken cancel) =>
        await db.Set<T>().AsNoTracking().Where(r => r.DeletedAt == null && r.Id.CompareTo(after) > 0).OrderBy(r => r.Id).Take(count).ToListAsync(cancel);

    public override async Task<RecordPage> ListAsync(CrmDbContext db, RecordQuery query, CancellationToken cancel)
    {
        var descending = query.Sort?.StartsWith('-') == true;
        var sort = query.Sort is null ? null : SortField(query.Sort.TrimStart('-'));
        var rows = (await Plan(db, query).RowsAsync(sort, cancel)).AsNoTracking();
        var items = sort is not null
            ? await sort.PageAsync(rows, descending, query.After, query.Size + 1, cancel)
            : await NewestAsync(rows, query, cancel);
        if (items.Count <= query.Size) return new(items, null);
        items.RemoveAt(query.Size);
        return new(items, sort?.CursorAt(items[^1]) ?? new(null, items[^1].Id));
    }

    public override async Task<int> CountAsync(CrmDbContext db, RecordQuery query, int limit, CancellationToken cancel) =>
        await (await Plan(db, query).RowsAsync(cancel)).Take(limit).CountAsync(cancel);

    ListPlan<T> Plan(CrmDbContext db, RecordQuery query) => new(db, new(_byName, db), query);

    Field<T> SortField(string name) =>
        _byName.GetValueOrDefault(name) is { Kind.CanSort: true } field ? field : throw new BadFilterException("There is no field '{0}' to sort by.", name);

    static Task<List<T>> NewestAsync(IQueryable<T> rows, RecordQuery query, CancellationToken cancel)
    {
        if (query.After is { Id: var id }) rows = rows.Where(r => r.Id.CompareTo(id) < 0);
        return rows.OrderByDescending(r => r.Id).Take(query.Size + 1).ToListAsync(cancel);
    }

    static Expression<Func<T, string>> KeyText(Field field)
    {
        var row = Expression.Parameter(typeof(T), "r");
        return Expression.Lambda<Func<T, string>>(Expression.Property(row, field.Name), row);
    }
}
