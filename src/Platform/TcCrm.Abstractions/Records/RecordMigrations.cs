using FluentMigrator.Builders.Create;
using FluentMigrator.Builders.Create.Table;
using FluentMigrator.Builders.Execute;

namespace TcCrm;

public static class RecordMigrations
{
    /// <summary>A record table with the columns that every record has.</summary>
    public static ICreateTableWithColumnSyntax RecordTable(this ICreateExpressionRoot create, string table) => create.PlainRecordTable(table).WithColumn("made").AsJson().Nullable();

    /// <summary>As record tables were before tenants could add fields; such tables get their place for them by <see cref="AddMadeValues"/>.</summary>
    public static ICreateTableWithColumnSyntax PlainRecordTable(this ICreateExpressionRoot create, string table) => create.Table(table)
        .WithColumn("id").AsGuid().NotNullable().PrimaryKey()
        .WithColumn("version").AsInt32().NotNullable()
        .WithColumn("created_at").AsMoment().NotNullable()
        .WithColumn("created_by_id").AsGuid().Nullable()
        .WithColumn("modified_at").AsMoment().NotNullable()
        .WithColumn("modified_by_id").AsGuid().Nullable()
        .WithColumn("deleted_at").AsMoment().Nullable()
        .WithColumn("deleted_by_id").AsGuid().Nullable();

    /// <summary>FluentMigrator has no moment that both engines know; SQLite takes any type name and keeps the text.</summary>
    public static ICreateTableColumnOptionOrWithColumnSyntax AsMoment(this ICreateTableColumnAsTypeSyntax column) => column.AsCustom("timestamptz");

    /// <summary>SQLite takes any type name and keeps the text.</summary>
    public static ICreateTableColumnOptionOrWithColumnSyntax AsJson(this ICreateTableColumnAsTypeSyntax column) => column.AsCustom("jsonb");

    /// <summary>The place for values of fields that a tenant makes.</summary>
    public static void AddMadeValues(this ICreateExpressionRoot create, params string[] tables)
    {
        foreach (var table in tables) create.Column("made").OnTable(table).AsCustom("jsonb").Nullable();
    }

    /// <summary>Money is two columns: <c>x_minor</c> in minor units and <c>x_currency</c> as ISO 4217.</summary>
    public static ICreateTableWithColumnSyntax WithMoney(this ICreateTableWithColumnSyntax table, string column) => table
        .WithColumn(column + "_minor").AsInt64().Nullable()
        .WithColumn(column + "_currency").AsString(3).Nullable();

    /// <summary>One (column, id) index each: serves filter, sort and keyset paging on both engines.</summary>
    public static void FieldIndexes(this ICreateExpressionRoot create, string table, params string[] columns)
    {
        foreach (var column in columns)
            create.Index($"ix_{table}_{column}").OnTable(table).OnColumn(column).Ascending().OnColumn("id").Ascending();
    }

    /// <summary>
    /// Puts (column, id, <paramref name="narrowing"/>) in place of what <see cref="FieldIndexes"/> made: a walk in the order of the column then leaves
    /// rows out without reading them. Narrowing are small columns that lists are often filtered by.
    /// </summary>
    public static void WidenFieldIndexes(this IExecuteExpressionRoot execute, string table, string[] narrowing, params string[] columns)
    {
        foreach (var column in columns)
        {
            execute.Sql($"DROP INDEX ix_{table}_{column}");
            execute.Sql($"CREATE INDEX ix_{table}_{column} ON {table} ({column}, id, {string.Join(", ", narrowing.Where(n => n != column))})");
        }
    }

    /// <summary>One (within, column, id) index each, for <see cref="SortedWithinAttribute"/>.</summary>
    public static void PairIndexes(this ICreateExpressionRoot create, string table, string within, params string[] columns)
    {
        foreach (var column in columns)
            create.Index($"ix_{table}_{within}_{column}").OnTable(table).OnColumn(within).Ascending().OnColumn(column).Ascending().OnColumn("id").Ascending();
    }

    /// <summary>The rows in the recycle bin alone: few, and the list of them would read all others.</summary>
    public static void RecycleBinIndex(this IExecuteExpressionRoot execute, string table) =>
        execute.Sql($"CREATE INDEX ix_{table}_deleted ON {table} (id) WHERE deleted_at IS NOT NULL");
}
