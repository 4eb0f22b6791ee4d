using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Permissions;

/// <summary>Ids of the rows that the current user may see.</summary>
/// <param name="Ids">Null when they may see every row.</param>
sealed record VisibleIds(IQueryable<Guid>? Ids, bool IsCommon);

/// <summary>The rows of a class that a right of the current user reaches. Part of every read of records; rules of the save alone look further.</summary>
/// <param name="Condition">Null when it reaches every row.</param>
/// <param name="IsCommon">It reaches many rows: ask each row rather than collect all that it reaches.</param>
sealed record VisibleRows<T>(Expression<Func<T, bool>>? Condition, bool IsCommon) where T : Record, new()
{
    const int Many = 4000;
    static readonly VisibleRows<T> Everything = new(null, true);

    public bool IsAll => Condition is null;

    public IQueryable<T> Of(IQueryable<T> rows) => Condition is null ? rows : rows.Where(Condition);

    public static async Task<VisibleRows<T>> ReadAsync(CrmDbContext db, RecordType<T> type, RecordRight right, CancellationToken cancel)
    {
        var access = db.Services.GetRequiredService<Access>();
        if (access.IsUnlimited && access.May(right, type)) return Everything;
        if (access.Visible.TryGetValue((type.Name, right), out var known)) return (VisibleRows<T>)known;
        var found = await FindAsync(db, type, right, access, cancel);
        if (access.Viewer is { IsUnlimited: false } viewer) found = found.And(await FindAsync(db, type, right, viewer, cancel));
        access.Visible[(type.Name, right)] = found;
        return found;
    }

    public VisibleRows<T> And(VisibleRows<T> other) => Condition is null ? other : other.Condition is null ? this
        : new(Expression.Lambda<Func<T, bool>>(Expression.AndAlso(Condition.Body, Replaced(other.Condition, Condition.Parameters[0])), Condition.Parameters), IsCommon && other.IsCommon);

    /// <summary>Whether this grant alone opens the record.</summary>
    public static async Task<bool> OpensAsync(CrmDbContext db, RecordType<T> type, Grant grant, Guid id, CancellationToken cancel) =>
        grant is EveryRecord || (Of(db, type, grant, isCommon: false) is { } opened && await type.Source.Rows(db).Where(opened).AnyAsync(r => r.Id == id, cancel));

    static async Task<VisibleRows<T>> FindAsync(CrmDbContext db, RecordType<T> type, RecordRight right, Access access, CancellationToken cancel)
    {
        var reach = access.ReachOf(right, type);
        if (reach.IsAll) return await WithWholeAsync(Everything, db, type, cancel);
        var own = Any(db, type, reach, isCommon: false);
        var isCommon = !db.Database.IsSqlite() || await access.ReachesManyAsync(type.Name, right, async () => await type.Source.Rows(db).Where(own).Take(Many).CountAsync(cancel) == Many);
        return await WithWholeAsync(new(isCommon ? Any(db, type, reach, isCommon) : own, isCommon), db, type, cancel);
    }

    /// <summary>A part is visible with its whole only.</summary>
    static async Task<VisibleRows<T>> WithWholeAsync(VisibleRows<T> own, CrmDbContext db, RecordType<T> type, CancellationToken cancel)
    {
        if (type.Whole is not { } field || db.Snapshot.RecordTypes.GetValueOrDefault(field.LookupType!) is not { } whole) return own;
        if (await whole.VisibleIdsAsync(db, cancel) is not { Ids: { } ids } visible) return own;
        var part = Expression.Parameter(typeof(T), "r");
        var key = Expression.Convert(Expression.Property(part, field.Name), typeof(Guid));
        Expression<Func<Guid, bool>> isVisible = visible.IsCommon ? id => ids.Any(i => i == id) : id => ids.Contains(id);
        var condition = Expression.Lambda<Func<T, bool>>(Replaced(isVisible, key), part);
        return new(own.Condition is null ? condition : Expression.Lambda<Func<T, bool>>(Expression.AndAlso(condition.Body, Replaced(own.Condition, part)), part), own.IsCommon && visible.IsCommon);
    }

    static Expression<Func<T, bool>> Any(CrmDbContext db, RecordType<T> type, Reach reach, bool isCommon)
    {
        var row = Expression.Parameter(typeof(T), "r");
        return Expression.Lambda<Func<T, bool>>(reach.Grants.Select(g => Of(db, type, g, isCommon)).OfType<LambdaExpression>().Select(c => Replaced(c, row)).DefaultIfEmpty(Expression.Constant(false)).Aggregate(Expression.OrElse), row);
    }

    /// <summary>Null when nothing of the type can be reached that way.</summary>
    static Expression<Func<T, bool>>? Of(CrmDbContext db, RecordType<T> type, Grant grant, bool isCommon) => grant switch
    {
        OwnRecords { User: var me } => IsOwned ? Column<Guid?>(nameof(IOwned.OwnerId), id => id == me) : r => r.CreatedById == me,
        RecordsOfUnits units => IsOwned ? Column(nameof(IOwned.UnitId), InUnits(db, units, isCommon)) : null,
        MatchingRecords matching => All(db, type, matching.Filters),
        SharedRecords shared => Shared(db, type.Name, shared),
        _ => null,
    };

    static bool IsOwned => typeof(T).IsAssignableTo(typeof(IOwned));

    static Expression<Func<Guid?, bool>> InUnits(CrmDbContext db, RecordsOfUnits units, bool isCommon)
    {
        var ids = units.Units;
        if (!units.Below) return unit => ids.Contains(unit!.Value);
        if (isCommon) return unit => db.Set<UnitBelow>().Any(b => ids.Contains(b.AncestorId) && b.UnitId == unit);
        var below = db.Set<UnitBelow>().Where(b => ids.Contains(b.AncestorId)).Select(b => (Guid?)b.UnitId);
        return unit => below.Contains(unit);
    }

    /// <summary>By the type's own fields: what a rule asks need not be visible to whom it lets in.</summary>
    static Expression<Func<T, bool>> All(CrmDbContext db, RecordType<T> type, IReadOnlyList<FieldFilter> filters) =>
        ((RecordType<T>)db.Snapshot.RecordTypes[type.Name]).Where(db, new FilterGroup(Any: false, filters));

    static Expression<Func<T, bool>> Shared(CrmDbContext db, string type, SharedRecords shared)
    {
        var (with, toEdit, today) = (shared.With, shared.ToEdit, shared.Today);
        var ids = db.Set<RecordShare>().Where(s => with.Contains(s.WithId) && s.RecordType == type && (!toEdit || s.MayEdit) && (s.Until == null || s.Until >= today)).Select(s => s.RecordId);
        return r => ids.Contains(r.Id);
    }

    static Expression<Func<T, bool>> Column<TValue>(string property, Expression<Func<TValue, bool>> condition)
    {
        var row = Expression.Parameter(typeof(T), "r");
        return Expression.Lambda<Func<T, bool>>(Replaced(condition, Expression.Property(row, property)), row);
    }

    static Expression Replaced(LambdaExpression condition, Expression with) => new ReplacingExpressionVisitor([condition.Parameters[0]], [with]).Visit(condition.Body);
}
