using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Definitions.Storage;

/// <summary>The table of each type that a tenant has made.</summary>
static class MadeTables
{
    public static string NameOf(int typeNo) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"made_{typeNo}");

    /// <summary>The number of the type comes with each row, so that a row knows what it is.</summary>
    /// <param name="indexes">Names of the indexes that there are.</param>
    public static RecordSource<MadeRecord> SourceOf(int typeNo, IReadOnlySet<string> indexes) =>
        new(NameOf(typeNo), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{typeNo} AS type_no, *")) { NewestIndex = indexes.Contains(NewestIndexOf(NameOf(typeNo))) ? NewestIndexOf(NameOf(typeNo)) : null };

    /// <summary>The rows by id with what filters compare, on SQLite.</summary>
    public static string NewestIndexOf(string table) => $"ix_{table}_id";

    /// <summary>Statements that make the table with the indexes that every list needs.</summary>
    public static IEnumerable<string> Create(int typeNo, bool postgres)
    {
        var (table, id, moment, json) = (NameOf(typeNo), postgres ? "uuid" : "UNIQUEIDENTIFIER", postgres ? "timestamptz" : "TEXT", postgres ? "jsonb" : "TEXT");
        yield return $"CREATE TABLE {table} (id {id} NOT NULL PRIMARY KEY, version integer NOT NULL, created_at {moment} NOT NULL, created_by_id {id}, modified_at {moment} NOT NULL, modified_by_id {id}, deleted_at {moment}, deleted_by_id {id}, owner_id {id}, unit_id {id}, made {json})";
        yield return $"CREATE INDEX ix_{table}_owner_id ON {table} (owner_id, id)";
        yield return $"CREATE INDEX ix_{table}_unit_id ON {table} (unit_id, id)";
        yield return $"CREATE INDEX ix_{table}_deleted ON {table} (id) WHERE deleted_at IS NOT NULL";
    }

    /// <summary>Of the table that a file in a backup holds; null for other tables.</summary>
    public static int? NumberOf(string file, string folder) =>
        file.StartsWith(folder + "made_", StringComparison.Ordinal) && int.TryParse(Path.GetFileNameWithoutExtension(file)["made_".Length..], System.Globalization.CultureInfo.InvariantCulture, out var no) ? no : null;

    /// <summary>On PostgreSQL, from a backup.</summary>
    public static async Task CreateAsync(DbConnection connection, int typeNo, CancellationToken cancel)
    {
        foreach (var statement in Create(typeNo, postgres: true)) await connection.ExecuteAsync(statement, [], cancel);
    }

    public static async Task CreateAsync(CrmDbContext db, int typeNo, CancellationToken cancel)
    {
        foreach (var statement in Create(typeNo, db.Database.IsNpgsql())) await db.Database.ExecuteSqlRawAsync(statement, cancel);
    }
}
