using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Search;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Search;

/// <summary>Looking for somebody by the last places of a phone or identity card number reads the index and not the records, however many there are.</summary>
public sealed class TailPlanTests
{
    const int Rows = 20_000;
    const string Type = "customers.customer";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task The_index_finds_the_end_of_a_number(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", FillAsync);
        foreach (var (words, found) in new[] { ("2649", 2), ("264X", 10), ("8613900102649", 1), ("110105194900002649", 1), ("8888 777x", 0) })
        {
            var (plan, count) = await host.InAsync("acme", services => ExplainAsync(services, words));
            Assert.True(UsesTheIndex(plan), $"{words}:\n{string.Join('\n', plan)}");
            Assert.Equal(found, count);
        }
    }

    static bool UsesTheIndex(IReadOnlyList<string> plan) => plan.Any(line => line.Contains("Bitmap Index Scan on ix_search_row_body", StringComparison.Ordinal))
        ? !plan.Any(line => line.Contains("Seq Scan", StringComparison.Ordinal) && line.Contains("search_row", StringComparison.Ordinal))
        : plan.Any(line => line.Contains("SCAN search_text VIRTUAL TABLE INDEX", StringComparison.Ordinal) && line.Contains(":M", StringComparison.Ordinal))
            && !plan.Any(line => line.StartsWith("SCAN", StringComparison.Ordinal) && !line.Contains("search_text", StringComparison.Ordinal) && !line.StartsWith("SCAN t", StringComparison.Ordinal));

    /// <summary>Bodies as the index keeps them, by the engine's own means: saving so many customers would take longer than all the rest.</summary>
    static async Task FillAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var tenant = services.GetRequiredService<TenantContext>().Snapshot.Tenant;
        await using var connection = await services.GetRequiredService<TenantDatabases>().EngineOf(tenant).OpenAsync(tenant.Store, default);
        await using var transaction = await connection.BeginTransactionAsync();
        var isPostgres = db.Database.IsNpgsql();
        await using var insert = connection.CreateCommand();
        insert.CommandText = isPostgres
            ? "INSERT INTO search_row (record_id, body) SELECT b.id, to_tsvector('simple', b.body) FROM unnest(@ids, @bodies) AS b(id, body)"
            : "INSERT INTO search_row (record_id) VALUES (@ids); INSERT INTO search_text (rowid, body) VALUES (last_insert_rowid(), @bodies)";
        insert.AddParameter("@ids", null);
        insert.AddParameter("@bodies", null);
        var rows = Enumerable.Range(0, Rows).Select(i => (Id: Guid.CreateVersion7(), Body: BodyOf(i))).ToList();
        foreach (var some in rows.Chunk(isPostgres ? Rows : 1))
        {
            insert.Parameters["@ids"].Value = isPostgres ? some.Select(r => r.Id).ToArray() : some[0].Id.ToByteArray(bigEndian: true);
            insert.Parameters["@bodies"].Value = isPostgres ? some.Select(r => r.Body).ToArray() : some[0].Body;
            await insert.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
        if (isPostgres) await connection.ExecuteAsync("VACUUM ANALYZE search_row", [], default);
    }

    /// <summary>Each end of a phone number stands there twice. The cards of the first half end in digits, those of the second in three digits and an X.</summary>
    static string BodyOf(int i) => SearchTerms.Body(Type, $"C-{i:000000}\n顾客{(char)('一' + (i % 500))}\n+86139{i / 10_000:000}{i % 10_000:00000}\n{(i < 10_000 ? $"11010519490000{i:0000}" : $"11010519490000{i % 1000:000}X")}");

    static async Task<(IReadOnlyList<string> Plan, int Count)> ExplainAsync(IServiceProvider services, string words)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var found = SearchIndex.Within(db.Set<Customer>(), db, Type, words).OrderByDescending(c => c.Id).Take(26);
        await using var command = found.CreateDbCommand();
        await db.Database.OpenConnectionAsync();
        command.CommandText = (db.Database.IsNpgsql() ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + command.CommandText;
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) plan.Add(reader.GetString(reader.FieldCount - 1).Trim());
        return (plan, await HitsAsync(db, words));
    }

    static async Task<int> HitsAsync(CrmDbContext db, string words)
    {
        var query = SearchTerms.Query(Type, words, db.Database.IsNpgsql())!;
        await using DbCommand count = db.CreateCommand(db.Database.IsNpgsql() ? "SELECT count(*) FROM search_row WHERE body @@ to_tsquery('simple', @q)" : "SELECT count(*) FROM search_text WHERE search_text MATCH @q", ("@q", query));
        return Convert.ToInt32(await count.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
