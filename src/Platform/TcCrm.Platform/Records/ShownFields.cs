using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Records;

/// <summary>Reads some fields of the records of a class instead of all: most of what a list costs is taking values out of columns that it does not show.</summary>
sealed class ShownFields<T> where T : Record, new()
{
    static readonly string[] Always = [.. typeof(T) == typeof(MadeRecord) ? [nameof(MadeRecord.TypeNo)] : Array.Empty<string>(), nameof(Record.Id), nameof(Record.Version), nameof(Record.CreatedAt), nameof(Record.ModifiedAt), nameof(Record.DeletedAt)];
    static readonly ConcurrentDictionary<string, ShownFields<T>> Known = new(StringComparer.Ordinal);
    readonly CompiledQuery<int, T> _newest;

    ShownFields(IEnumerable<string> names)
    {
        var row = Expression.Parameter(typeof(T), "r");
        Shape = Expression.Lambda<Func<T, T>>(Expression.MemberInit(Expression.New(typeof(T)), Always.Union(names).Select(name =>
        {
            var property = (typeof(Record).GetProperty(name) ?? typeof(T).GetProperty(name))!;
            return Expression.Bind(property, Expression.Property(row, property));
        })), row);
        _newest = new(Newest(Shape));
    }

    public Expression<Func<T, T>> Shape { get; }

    /// <summary>Null when one of them is no column, but worked out of others. Made from a type's columns, never from what somebody asks for: each is kept.</summary>
    public static ShownFields<T>? Of(IEnumerable<Field> fields)
    {
        var names = fields.Select(f => f.Slot is null ? f.Name : nameof(Record.Made)).Distinct().ToList();
        return names.TrueForAll(n => (typeof(T).GetProperty(n) ?? typeof(Record).GetProperty(n))?.CanWrite == true) ? Known.GetOrAdd(string.Join(' ', names), _ => new(names)) : null;
    }

    public Task<List<T>> NewestAsync(CrmDbContext db, int count, CancellationToken cancel) => _newest.ToListAsync(db, count, cancel);

    static Expression<Func<CrmDbContext, int, IQueryable<T>>> Newest(Expression<Func<T, T>> shape) =>
        (db, count) => db.Set<T>().AsNoTracking().Where(r => r.DeletedAt == null).OrderByDescending(r => r.Id).Take(count).Select(shape);
}
