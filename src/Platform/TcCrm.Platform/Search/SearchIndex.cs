using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Search;

/// <summary>
/// Quick search: full-text rows in the tenant's own database (FTS5 on SQLite, tsvector with GIN on PostgreSQL), written in the saving transaction.
/// Han characters match anywhere in a run, other words by their beginning; see <see cref="SearchTerms"/>.
/// </summary>
public static class SearchIndex
{
    /// <summary>A search shows the newest this many finds; with more, the words were too few.</summary>
    public const int MaxHits = 2000;

    /// <summary>The rows that the text finds.</summary>
    public static IQueryable<T> Within<T>(IQueryable<T> rows, CrmDbContext db, string recordType, string text) where T : Record
    {
        if (SearchTerms.Query(recordType, text, db.Database.IsNpgsql()) is not { } query) return rows.Where(r => false);
        var hits = db.Database.IsNpgsql()
            ? db.Set<SearchHit>().FromSql($"SELECT record_id FROM search_row WHERE body @@ to_tsquery('simple', {query}) ORDER BY record_id DESC LIMIT {MaxHits}")
            : db.Set<SearchHit>().FromSql($"SELECT r.record_id FROM (SELECT rowid FROM search_text WHERE search_text MATCH {query} ORDER BY rowid DESC LIMIT {MaxHits}) t JOIN search_row r ON r.row_id = t.rowid");
        return rows.Where(r => hits.Select(h => h.RecordId).Contains(r.Id));
    }

    /// <summary>Puts the text of a record in place of what was there; null takes it out.</summary>
    public static async Task WriteAsync(CrmDbContext db, string recordType, Guid id, string? text, bool isNew, CancellationToken cancel)
    {
        var body = text is null ? null : SearchTerms.Body(recordType, text);
        if (db.Database.IsNpgsql()) await WritePostgresAsync(db, id, body, cancel);
        else await WriteSqliteAsync(db, id, body, isNew, cancel);
    }

    static Task<int> WritePostgresAsync(CrmDbContext db, Guid id, string? body, CancellationToken cancel) => body is null
        ? db.Database.ExecuteSqlAsync($"DELETE FROM search_row WHERE record_id = {id}", cancel)
        : db.Database.ExecuteSqlAsync($"INSERT INTO search_row (record_id, body) VALUES ({id}, to_tsvector('simple', {body})) ON CONFLICT (record_id) DO UPDATE SET body = excluded.body", cancel);

    static async Task WriteSqliteAsync(CrmDbContext db, Guid id, string? body, bool isNew, CancellationToken cancel)
    {
        if (!isNew)
        {
            await using var delete = db.CreateCommand("DELETE FROM search_text WHERE rowid = (SELECT row_id FROM search_row WHERE record_id = @id); DELETE FROM search_row WHERE record_id = @id", ("@id", db.IdParameter(id)));
            await delete.ExecuteNonQueryAsync(cancel);
        }
        if (body is null) return;
        await using var insert = db.CreateCommand("INSERT INTO search_row (record_id) VALUES (@id); INSERT INTO search_text (rowid, body) VALUES (last_insert_rowid(), @body)", ("@id", db.IdParameter(id)), ("@body", body));
        await insert.ExecuteNonQueryAsync(cancel);
    }
}
