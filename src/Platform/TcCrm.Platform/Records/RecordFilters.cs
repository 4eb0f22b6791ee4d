using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Records;

/// <summary>The conditions of a list as conditions on the rows of a class.</summary>
sealed class RecordFilters<T>(IReadOnlyDictionary<string, Field<T>> fields, CrmDbContext db) where T : Record
{
    /// <param name="isCommon">It matches many rows: ask each row rather than collect all that match.</param>
    /// <exception cref="BadFilterException">The filter cannot be understood.</exception>
    public Expression<Func<T, bool>> Where(FieldFilter filter, bool isCommon) => filter is FilterGroup group
        ? group.Parts.Select(p => Where(p, isCommon)).Aggregate((a, b) => Joined(a, b, group.Any))
        : (FieldOf(filter) ?? throw new BadFilterException("There is no field '{0}'.", filter.Field)).Where(filter, db.Snapshot.Settings.FieldContext, db.Set<MultiValue>(), isCommon);

    public Field<T>? FieldOf(FieldFilter filter) => fields.GetValueOrDefault(filter.Field);

    static Expression<Func<T, bool>> Joined(Expression<Func<T, bool>> a, Expression<Func<T, bool>> b, bool any)
    {
        var sameRow = new ReplacingExpressionVisitor([b.Parameters[0]], [a.Parameters[0]]).Visit(b.Body);
        return Expression.Lambda<Func<T, bool>>(any ? Expression.OrElse(a.Body, sameRow) : Expression.AndAlso(a.Body, sameRow), a.Parameters);
    }
}
