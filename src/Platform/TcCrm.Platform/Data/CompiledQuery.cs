using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace TcCrm.Platform.Data;

/// <summary>
/// For the few queries of nearly every request: translated once for each model, while EF otherwise compares the whole expression at every call.
/// Keep it in a static field, or in what lives as long as the process.
/// </summary>
/// <param name="query">Whatever changes between calls comes through the argument.</param>
public sealed class CompiledQuery<TArgument, TRow>(Expression<Func<CrmDbContext, TArgument, IQueryable<TRow>>> query)
{
    readonly ConditionalWeakTable<IModel, Func<CrmDbContext, TArgument, IAsyncEnumerable<TRow>>> _byModel = [];

    public async Task<List<TRow>> ToListAsync(CrmDbContext db, TArgument argument, CancellationToken cancel)
    {
        var rows = new List<TRow>();
        await foreach (var row in Rows(db, argument).WithCancellation(cancel)) rows.Add(row);
        return rows;
    }

    public async Task<TRow?> FirstOrDefaultAsync(CrmDbContext db, TArgument argument, CancellationToken cancel)
    {
        await foreach (var row in Rows(db, argument).WithCancellation(cancel)) return row;
        return default;
    }

    IAsyncEnumerable<TRow> Rows(CrmDbContext db, TArgument argument) => _byModel.GetValue(db.Model, _ => EF.CompileAsyncQuery(query))(db, argument);
}

/// <summary>The same with two arguments, since a query can be given values but not what they are part of.</summary>
public sealed class CompiledQuery<TFirst, TSecond, TRow>(Expression<Func<CrmDbContext, TFirst, TSecond, IQueryable<TRow>>> query)
{
    readonly ConditionalWeakTable<IModel, Func<CrmDbContext, TFirst, TSecond, IAsyncEnumerable<TRow>>> _byModel = [];

    public async Task<List<TRow>> ToListAsync(CrmDbContext db, TFirst first, TSecond second, CancellationToken cancel)
    {
        var rows = new List<TRow>();
        await foreach (var row in _byModel.GetValue(db.Model, _ => EF.CompileAsyncQuery(query))(db, first, second).WithCancellation(cancel)) rows.Add(row);
        return rows;
    }
}
