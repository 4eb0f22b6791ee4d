using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Storage;

namespace TcCrm.Platform.Definitions;

/// <summary>The index of each field that a tenant has made and that can be sorted: (key, id), as fields of modules have them.</summary>
static class FieldIndexes
{
    /// <summary>Up to so many rows an index is there at once.</summary>
    const int Few = 2000;
    /// <summary>Fields whose values other indexes hold too; each costs at every save.</summary>
    const int MostCarried = 8;

    public static string TableOf(int no, TypeDefinition definition) => definition.IsMade ? MadeTables.NameOf(no) : definition.Name.Replace('.', '_').Replace('-', '_');

    /// <summary>Name and statement of each.</summary>
    public static IEnumerable<(string Name, string Sql)> Wanted(int no, TypeDefinition definition, bool postgres, bool concurrently = false)
    {
        var (table, carried) = (TableOf(no, definition), postgres ? "" : Carried(definition));
        if (definition.IsMade && !postgres && definition.Fields.Any(IsCompared)) yield return (MadeTables.NewestIndexOf(table), $"CREATE INDEX IF NOT EXISTS {MadeTables.NewestIndexOf(table)} ON {table} (id{carried})");
        foreach (var field in definition.Fields.Where(f => f.Kind is not ("long-text" or "tags" or "multi-choice")))
        {
            var name = MadeFields.IndexOf(table, field);
            yield return (name, $"CREATE INDEX {(concurrently ? "CONCURRENTLY " : "")}IF NOT EXISTS {name} ON {table} ({MadeKeys.Sql(MadeFields.KeyOf(field.Kind), field.SlotName, postgres)}, id{carried})");
        }
    }

    /// <summary>What filters compare stands in every index on SQLite: along a sort, each row that a filter leaves out would be read and its JSON parsed. PostgreSQL weighs that by itself.</summary>
    static string Carried(TypeDefinition definition) => string.Concat(definition.Fields.Where(IsCompared).Take(MostCarried)
        .Select(f => $", {MadeKeys.Sql(MadeFields.KeyOf(f.Kind), f.SlotName, postgres: false)}").Append(", deleted_at"));

    static bool IsCompared(FieldDefinition field) => field.Kind is "number" or "money" or "date" or "moment" or "yes-no" or "choice";

    /// <summary>Inside the transaction that changes the definition: drops those of removed fields, makes the others when there are few rows.</summary>
    /// <returns>False when a job has to make them.</returns>
    public static async Task<bool> FollowAsync(CrmDbContext db, int no, TypeDefinition definition, TypeDefinition? before, CancellationToken cancel)
    {
        var postgres = db.Database.IsNpgsql();
        var wanted = Wanted(no, definition, postgres).ToList();
        if (before is not null)
            foreach (var drop in Wanted(no, before, postgres).Where(b => wanted.TrueForAll(w => w.Name != b.Name)).Select(b => $"DROP INDEX IF EXISTS {b.Name}")) await db.Database.ExecuteSqlRawAsync(drop, cancel);
        var missing = wanted.Where(w => before is null || Wanted(no, before, postgres).All(b => b.Name != w.Name)).ToList();
        if (missing.Count == 0) return true;
        if (await HasManyAsync(db, TableOf(no, definition), cancel)) return false;
        foreach (var (_, sql) in missing) await db.Database.ExecuteSqlRawAsync(sql, cancel);
        return true;
    }

    /// <summary>On PostgreSQL, for a store that has come from a backup.</summary>
    public static async Task CreateAllAsync(DbConnection connection, CancellationToken cancel)
    {
        var definitions = new List<(int No, TypeDefinition Definition)>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT to_regclass('stored_definition') IS NOT NULL";
            if (await command.ExecuteScalarAsync(cancel) is not true) return;
            command.CommandText = "SELECT id, json FROM stored_definition";
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) definitions.Add((reader.GetInt32(0), TypeDefinition.Read(reader.GetString(1))));
        }
        foreach (var (_, sql) in definitions.SelectMany(d => Wanted(d.No, d.Definition, postgres: true))) await connection.ExecuteAsync(sql, [], cancel);
    }

    static async Task<bool> HasManyAsync(CrmDbContext db, string table, CancellationToken cancel)
    {
        await using var command = db.CreateCommand($"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {Few}) r");
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture) == Few;
    }
}
