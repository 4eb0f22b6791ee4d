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
    public static Task WriteAsync(CrmDbContext db, string recordType, Guid id, string? text, bool isNew, CancellationToken cancel) => WriteAsync(db, [new(recordType, id, text, isNew)], cancel);

    public static async Task WriteAsync(CrmDbContext db, IReadOnlyList<SearchText> texts, CancellationToken cancel)
    {
        var postgres = db.Database.IsNpgsql();
        var gone = texts.Where(t => postgres ? t.Text is null : !t.IsNew).Select(t => new object?[] { db.IdParameter(t.RecordId) });
        var there = texts.Where(t => t.Text is not null).Select(t => new object?[] { db.IdParameter(t.RecordId), SearchTerms.Body(t.RecordType, t.Text!) });
        await PlainRows.WriteAsync(db, postgres ? "DELETE FROM search_row WHERE record_id = @id" : "DELETE FROM search_text WHERE rowid = (SELECT row_id FROM search_row WHERE record_id = @id); DELETE FROM search_row WHERE record_id = @id", ["@id"], gone, cancel);
        await PlainRows.WriteAsync(db, postgres
            ? "INSERT INTO search_row (record_id, body) VALUES (@id, to_tsvector('simple', @body)) ON CONFLICT (record_id) DO UPDATE SET body = excluded.body"
            : "INSERT INTO search_row (record_id) VALUES (@id); INSERT INTO search_text (rowid, body) VALUES (last_insert_rowid(), @body)", ["@id", "@body"], there, cancel);
    }
}

/// <param name="Text">Null for a record that is not to be found.</param>
/// <param name="IsNew">Nothing was there before.</param>
public sealed record SearchText(string RecordType, Guid RecordId, string? Text, bool IsNew);
