using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TcCrm.Platform.Data;

/// <summary>A connection that keeps the statements of its queries: reading and planning the SQL costs SQLite more than finding a few rows.</summary>
sealed class StatementKeepingConnection(string connectionString) : SqliteConnection(connectionString)
{
    const int Most = 16;
    readonly Dictionary<string, KeptCommand> _idle = [];

    /// <summary>The kept command for this one's text, or a new one that will be kept; with this one's parameters.</summary>
    public SqliteCommand Instead(SqliteCommand command)
    {
        if (!_idle.Remove(command.CommandText, out var kept)) kept = new(this, command.CommandText);
        (kept.Transaction, kept.CommandTimeout) = (command.Transaction, command.CommandTimeout);
        SqliteParameter[] parameters = [.. command.Parameters.Cast<SqliteParameter>()];
        command.Dispose();
        kept.Parameters.AddRange(parameters);
        return kept;
    }

    public override void Close()
    {
        foreach (var kept in _idle.Values.ToList()) kept.LetGo();
        _idle.Clear();
        base.Close();
    }

    bool Keep(KeptCommand command)
    {
        if (State != ConnectionState.Open || _idle.ContainsKey(command.CommandText)) return false;
        if (_idle.Count == Most && _idle.Remove(_idle.Keys.First(), out var other)) other.LetGo();
        _idle.Add(command.CommandText, command);
        return true;
    }

    sealed class KeptCommand(StatementKeepingConnection connection, string text) : SqliteCommand(text, connection)
    {
        bool _isGone;

        public void LetGo()
        {
            _isGone = true;
            Dispose();
        }

        protected override void Dispose(bool disposing)
        {
            if (_isGone || !disposing || !connection.Keep(this)) base.Dispose(disposing);
        }
    }
}

/// <summary>Gives EF the kept command when it is about to run a query. What it writes is rarely the same text twice.</summary>
sealed class KeptStatements : DbCommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) =>
        eventData.CommandSource == CommandSource.LinqQuery && result is SqliteCommand { Connection: StatementKeepingConnection connection } command ? connection.Instead(command) : result;
}
