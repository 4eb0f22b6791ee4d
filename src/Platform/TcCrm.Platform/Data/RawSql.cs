using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TcCrm.Platform.Data;

/// <summary>Set-wise SQL beside EF: allowed in the ledger, import, bulk, workflow journal, outbox, job queue, numbers, index rows, the reading of the audit log and the erasure of people only.</summary>
public static class RawSql
{
    /// <summary>An id as the engine keeps it: 16 bytes on SQLite, uuid on PostgreSQL.</summary>
    public static object IdParameter(this CrmDbContext db, Guid id) => db.IsSqlite ? id.ToByteArray(bigEndian: true) : id;

    /// <summary>A command on the context's own connection and in its transaction.</summary>
    public static DbCommand CreateCommand(this CrmDbContext db, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (name, value) in parameters) command.AddParameter(name, value);
        return command;
    }

    public static void AddParameter(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    public static async Task<int> ExecuteAsync(this DbConnection connection, string sql, IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.AddParameter(name, value);
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
