using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Records;

/// <summary>Where the records of a type lie.</summary>
/// <param name="Columns">Null when the class has a table of its own; else what is read of a table that several types of one class do not share.</param>
public sealed record RecordSource<T>(string Table, string? Columns) where T : Record, new()
{
    public bool IsOfClass => Columns is null;

    /// <summary>Holds the rows by id with what filters compare; null when there is none.</summary>
    public string? NewestIndex { get; init; }

    public IQueryable<T> Rows(CrmDbContext db) => Columns is null ? db.Set<T>() : db.Set<T>().FromSqlRaw(Select(Columns));

    /// <summary>The rows read along one index, which SQLite would not choose itself.</summary>
    public IQueryable<T> Along(CrmDbContext db, string index)
    {
        // Over SQL of ours EF asks for the columns of an amount by the names it would have given them itself.
        var amounts = string.Concat(db.Model.FindEntityType(typeof(T))!.GetComplexProperties().SelectMany(c => c.ComplexType.GetProperties().Select(p => $", \"{p.GetColumnName()}\" AS \"{c.Name}_{p.Name}\"")));
        var sql = Select(Columns ?? "*" + amounts) + $" INDEXED BY \"{index}\"";
        return db.Set<T>().FromSqlRaw(sql);
    }

    /// <summary>Names of the model and numbers of types, never what a user has typed.</summary>
    string Select(string columns) => $"SELECT {columns} FROM \"{Table}\"";
}
