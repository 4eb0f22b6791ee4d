using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Search;

namespace TcCrm.Platform.Records;

/// <summary>A record type whose records are rows of one class.</summary>
public sealed class RecordType<T>(IReadOnlyList<Field<T>> fields) : RecordType where T : Record, new()
{
    /// <summary>SQLite reads all that a filter matches before it sorts; above this many the walk along the sort index is cheaper.</summary>
    const int Many = 5000;
    readonly Dictionary<string, Field<T>> _byName = fields.ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
    IReadOnlyList<Field>? _columns;

    public override Type Class => typeof(T);
    public override IReadOnlyList<Field> Fields => fields;
    public override IReadOnlyList<Field> Columns => _columns ??= [.. Screens.ColumnNames.Select(n => _byName[n])];
    public override Field? Find(string field) => _byName.GetValueOrDefault(field);
    public override Record New() => new T();

    public override async Task<Record?> FindAsync(CrmDbContext db, Guid id, CancellationToken cancel) =>
        await db.Set<T>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.DeletedAt == null, cancel);

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

    public override async Task<IReadOnlyList<Record>> FindManyAsync(CrmDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        await db.Set<T>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(cancel);

    public override async Task<RecordPage> ListAsync(CrmDbContext db, RecordQuery query, CancellationToken cancel)
    {
        var descending = query.Sort?.StartsWith('-') == true;
        var sort = query.Sort is null ? null : SortField(query.Sort.TrimStart('-'));
        var rows = Matching(await WalksSortIndexAsync(db, query, sort, cancel) ? WalkIndex(db, sort) : db.Set<T>(), db, query).AsNoTracking();
        var items = sort is not null
            ? await sort.PageAsync(rows, descending, query.After, query.Size + 1, cancel)
            : await NewestAsync(rows, query, cancel);
        if (items.Count <= query.Size) return new(items, null);
        items.RemoveAt(query.Size);
        return new(items, sort?.CursorAt(items[^1]) ?? new(null, items[^1].Id));
    }

    public override Task<int> CountAsync(CrmDbContext db, RecordQuery query, int limit, CancellationToken cancel) =>
        Matching(db.Set<T>(), db, query).Take(limit).CountAsync(cancel);

    IQueryable<T> Matching(IQueryable<T> rows, CrmDbContext db, RecordQuery query)
    {
        rows = query.Deleted ? rows.Where(r => r.DeletedAt != null) : rows.Where(r => r.DeletedAt == null);
        rows = query.Filters.Aggregate(rows, (r, filter) => r.Where(Where(db, filter)));
        return query.Search is { Length: > 0 } search ? SearchIndex.Within(rows, db, Name, search) : rows;
    }

    Expression<Func<T, bool>> Where(CrmDbContext db, FieldFilter filter) => filter is FilterGroup group
        ? group.Parts.Select(p => Where(db, p)).Aggregate((a, b) => Joined(a, b, group.Any))
        : (_byName.GetValueOrDefault(filter.Field) ?? throw new BadFilterException("There is no field '{0}'.", filter.Field))
            .Where(filter, db.Snapshot.Settings.FieldContext, db.Set<MultiValue>());

    static Expression<Func<T, bool>> Joined(Expression<Func<T, bool>> a, Expression<Func<T, bool>> b, bool any)
    {
        var sameRow = new ReplacingExpressionVisitor([b.Parameters[0]], [a.Parameters[0]]).Visit(b.Body);
        return Expression.Lambda<Func<T, bool>>(any ? Expression.OrElse(a.Body, sameRow) : Expression.AndAlso(a.Body, sameRow), a.Parameters);
    }

    Field<T> SortField(string name) =>
        _byName.GetValueOrDefault(name) is { Kind.CanSort: true } field ? field : throw new BadFilterException("There is no field '{0}' to sort by.", name);

    static Task<List<T>> NewestAsync(IQueryable<T> rows, RecordQuery query, CancellationToken cancel)
    {
        if (query.After is { Id: var id }) rows = rows.Where(r => r.Id.CompareTo(id) < 0);
        return rows.OrderByDescending(r => r.Id).Take(query.Size + 1).ToListAsync(cancel);
    }

    /// <summary>
    /// SQLite does not weigh LIMIT: it reads and sorts all that a filter matches, however much that is. When every filter matches
    /// many rows, walking the sort index until the page is full is cheaper. PostgreSQL decides this by itself.
    /// </summary>
    async Task<bool> WalksSortIndexAsync(CrmDbContext db, RecordQuery query, Field<T>? sort, CancellationToken cancel)
    {
        if (!db.Database.IsSqlite() || query.Filters.Count == 0 || query.Search is { Length: > 0 } || query.Filters.Any(f => f.Field.Equals(sort?.Name, StringComparison.OrdinalIgnoreCase))) return false;
        foreach (var filter in query.Filters)
            if (await db.Set<T>().Where(Where(db, filter)).Take(Many).CountAsync(cancel) < Many) return false;
        return true;
    }

    static IQueryable<T> WalkIndex(CrmDbContext db, Field? sort)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = entity.GetTableName()!;
        // Over SQL of ours EF asks for the columns of an amount by the names it would have given them itself.
        var amounts = string.Concat(entity.GetComplexProperties().SelectMany(c => c.ComplexType.GetProperties().Select(p => $", \"{p.GetColumnName()}\" AS \"{c.Name}_{p.Name}\"")));
        var column = sort is null ? null : CrmModel.Snake(sort.Name) + (sort.PlainType == typeof(Money) ? "_minor" : "");
        var index = column is null ? $"sqlite_autoindex_{table}_1" : $"ix_{table}_{column}";
        var sql = $"SELECT *{amounts} FROM \"{table}\" INDEXED BY \"{index}\""; // names of the model, never of a user
        return db.Set<T>().FromSqlRaw(sql);
    }

    static Expression<Func<T, string>> KeyText(Field field)
    {
        var row = Expression.Parameter(typeof(T), "r");
        return Expression.Lambda<Func<T, string>>(Expression.Property(row, field.Name), row);
    }
}
