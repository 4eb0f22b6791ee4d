using FluentMigrator;
using FluentMigrator.Infrastructure;

namespace TcCrm.Platform.Search;

/// <summary>Terms begin with their type and hold up to three Han characters; a tenant that has records indexes them again in a job.</summary>
[Migration(202611230002)]
public sealed class RebuildSearchTerms : ForwardOnlyMigration
{
    const string Columns = "INSERT INTO job (id, kind, arguments, state, done, total, is_cancel_asked, created_at, due_at, attempts) ";
    const string WhenIndexed = "WHERE EXISTS (SELECT 1 FROM search_row)";

    public override void Up()
    {
        IfDatabase(ProcessorIdConstants.SQLite).Execute.Sql($"{Columns} SELECT randomblob(16), '{RebuildSearch.JobKind}', '{{}}', 0, 0, 0, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0 {WhenIndexed}");
        IfDatabase(ProcessorIdConstants.SQLite).Execute.Sql("DROP TABLE search_text");
        IfDatabase(ProcessorIdConstants.SQLite).Execute.Sql($"CREATE VIRTUAL TABLE search_text USING fts5(body, content='', contentless_delete=1, prefix='{SearchTerms.Prefixes}', tokenize='unicode61')");
        IfDatabase(ProcessorIdConstants.PostgreSQL).Execute.Sql($"{Columns} SELECT gen_random_uuid(), '{RebuildSearch.JobKind}', '{{}}', 0, 0, 0, false, now(), now(), 0 {WhenIndexed}");
        Execute.Sql("DELETE FROM search_row");
    }
}
