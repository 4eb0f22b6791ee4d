using FluentMigrator;
using FluentMigrator.Infrastructure;

namespace TcCrm.Platform.Search;

/// <summary>Identity card numbers are found as well, also by their end; a tenant that has records indexes them again in a job.</summary>
[Migration(202611230122)]
public sealed class RebuildSearchTails : ForwardOnlyMigration
{
    const string Columns = "INSERT INTO job (id, kind, arguments, state, done, total, is_cancel_asked, created_at, due_at, attempts) ";
    const string WhenIndexed = "WHERE EXISTS (SELECT 1 FROM search_row)";

    public override void Up()
    {
        IfDatabase(ProcessorIdConstants.SQLite).Execute.Sql($"{Columns} SELECT randomblob(16), '{RebuildSearch.JobKind}', '{{}}', 0, 0, 0, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0 {WhenIndexed}");
        IfDatabase(ProcessorIdConstants.PostgreSQL).Execute.Sql($"{Columns} SELECT gen_random_uuid(), '{RebuildSearch.JobKind}', '{{}}', 0, 0, 0, false, now(), now(), 0 {WhenIndexed}");
    }
}
