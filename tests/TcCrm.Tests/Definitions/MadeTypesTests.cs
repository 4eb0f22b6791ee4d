using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Definitions;

public sealed class MadeTypesTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_type_is_made_used_changed_removed_and_brought_back(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await MadeSamples.DefineAsync(host, "acme");
        var ids = await FillAsync(host, 30);
        await PagesThroughEverySortOnceAsync(host, 30);
        await CountsWhatAChangeWouldConcernAsync(host);
        await ChangesDeletesAndRestoresAsync(host, ids[0]);
        await RefusesWhatDoesNotFitAsync(host);
        await UsesItsIndexesAsync(host);
        await RefusesWhatIsNotUniqueAsync(host);
        await LosesAFieldWithItsIndexAndGivesItsPlaceToNobodyAsync(host);
        await GoesAndComesBackWithItsRecordsAsync(host);
    }

    static Task<List<Guid>> FillAsync(TestHost host, int count) => host.InAsync("acme", async services =>
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var saved = await services.GetRequiredService<RecordStore>().CreateAsync(Leads(services), new Dictionary<string, string?>
            {
                ["Company"] = $"云杉{i:00}",
                ["Price"] = i % 3 == 0 ? "" : $"{i}.125",
                ["Due"] = i % 4 == 0 ? "" : $"2026-03-{1 + (i % 9):00}",
                ["Hot"] = i % 2 == 0 ? "true" : "",
                ["Stage"] = i % 5 == 0 ? "" : "won",
                ["Worth"] = $"{i % 7}.50",
                ["Called"] = "2026-01-02T03:04:05Z",
                ["Tags"] = i == 7 ? "重点" : "",
            }, default);
            Assert.True(saved.Outcome == SaveOutcome.Saved, string.Join(", ", saved.Problems.Select(p => $"{p.Field} {p.Key}")));
            ids.Add(saved.Record!.Id);
        }
        return ids;
    });

    static Task CountsWhatAChangeWouldConcernAsync(TestHost host) => host.InAsync("acme", async services =>
    {
        var stored = TypeDefinition.Read((await services.GetRequiredService<DefineTypes>().FindAsync(MadeSamples.Lead, default))!.Json);
        var wish = stored with
        {
            Fields = [.. stored.Fields.Where(f => f.Name != "Due").Select(f => f.Name switch
            {
                "Price" => f with { IsRequired = true, Min = 5, Max = 28 },
                "Stage" => f with { Options = [.. f.Options.Where(o => o.Value != "won")] },
                "Worth" or "Company" => f with { IsUnique = true },
                _ => f,
            })],
        };
        var consequences = services.GetRequiredService<Consequences>();

        var concerned = await consequences.OfAsync(wish, stored, default);
        Assert.Equal(["Due 22", "Price 10", "Price 2", "Price 3", "Stage 24", "Worth 30"], concerned.Select(c => $"{c.Field.Name} {c.Count}").Order(StringComparer.Ordinal));
        Assert.Empty(await consequences.OfAsync(stored, stored, default));
    });

    static Task PagesThroughEverySortOnceAsync(TestHost host, int count) => host.InAsync("acme", async services =>
    {
        var type = Leads(services);
        foreach (var sort in type.Fields.Where(f => f.Kind.CanSort).SelectMany(f => new[] { f.Name, "-" + f.Name }).Append(null))
        {
            var seen = new List<Record>();
            Cursor? after = null;
            do
            {
                var page = await type.ListAsync(Db(services), new RecordQuery([], null, sort, after, 7) { Only = type.Columns }, default);
                seen.AddRange(page.Items);
                after = page.Next;
                if (after is not null) Assert.True(Cursor.TryParse(after.ToString(), out after));
            }
            while (after is not null);
            Assert.True(seen.Count == count && seen.Select(r => r.Id).Distinct().Count() == count, $"{sort}: {seen.Count}");
            if (sort is null || type.Columns.All(c => c.Name != sort.TrimStart('-'))) continue;
            var values = seen.Select(type.Find(sort.TrimStart('-'))!.Value).ToList();
            Assert.True(values.SkipWhile(v => v is not null).All(v => v is null), $"{sort}: empties are not last");
        }
    });

    static async Task ChangesDeletesAndRestoresAsync(TestHost host, Guid id)
    {
        await host.InAsync("acme", async services =>
        {
            var (type, store) = (Leads(services), services.GetRequiredService<RecordStore>());
            Assert.Equal(SaveOutcome.Unchanged, (await store.UpdateAsync(type, id, 1, new Dictionary<string, string?> { ["Company"] = "云杉00" }, default)).Outcome);
            Assert.Equal(SaveOutcome.Saved, (await store.UpdateAsync(type, id, 1, new Dictionary<string, string?> { ["Price"] = "2.550", ["Wants"] = "a,b" }, default)).Outcome);
            Assert.Equal(SaveOutcome.Stale, (await store.UpdateAsync(type, id, 1, new Dictionary<string, string?> { ["Price"] = "3" }, default)).Outcome);
            Assert.Equal(SaveOutcome.Saved, (await store.DeleteAsync(type, id, 2, default)).Outcome);
        });
        await host.InAsync("acme", async services =>
        {
            var (type, store) = (Leads(services), services.GetRequiredService<RecordStore>());
            Assert.Null(await type.FindAsync(Db(services), id, default));
            Assert.Single((await type.ListAsync(Db(services), RecordQuery.All with { Deleted = true }, default)).Items);
            Assert.Equal(SaveOutcome.Saved, (await store.RestoreAsync(type, id, default)).Outcome);
            Assert.Equal("2.550", type.Find("Price")!.Text((await type.FindAsync(Db(services), id, default))!));
            Assert.Equal(id, Assert.Single((await type.ListAsync(Db(services), RecordQuery.All with { Filters = [new("Wants", "has", "b")] }, default)).Items).Id);
            Assert.Single((await type.ListAsync(Db(services), RecordQuery.All with { Search = "云杉07" }, default)).Items);
            Assert.Equal(["Created", "Updated", "Deleted", "Restored"], await Db(services).Set<AuditEntry>().Where(a => a.RecordId == id).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
        });
    }

    static Task RefusesWhatDoesNotFitAsync(TestHost host) => host.InAsync("acme", async services =>
    {
        var refused = await services.GetRequiredService<RecordStore>().CreateAsync(Leads(services), new Dictionary<string, string?> { ["Stage"] = "lost", ["Price"] = "1.2345" }, default);
        Assert.Equal(["Company", "Price", "Stage"], refused.Problems.Select(p => p.Field).Order());
    });

    static Task UsesItsIndexesAsync(TestHost host) => host.InAsync("acme", async services =>
    {
        var (db, type) = (Db(services), (RecordType<MadeRecord>)Leads(services));
        Assert.All(type.Fields.Where(f => f is { Slot: not null, Kind.CanSort: true }), f => Assert.True(f.IsIndexed, f.Name));
        foreach (var field in type.Fields.Where(f => f is { Slot: not null, Kind.CanSort: true }))
        {
            FieldFilter[] filters = field.Kind.Name == "yes-no" ? [new(field.Name, "eq", "true")] : [new(field.Name, "empty", "true"), new(field.Name, "empty", "false")];
            foreach (var filter in filters)
            {
                var query = type.Source.Rows(db).Where(((Field<MadeRecord>)field).Where(filter, FieldContext.Neutral, db.Set<MultiValue>(), isCommon: false));
                Assert.Contains($"ix_{type.Table}_{field.Column}", await PlanAsync(db, query), StringComparison.Ordinal);
            }
        }
    });

    internal static async Task<string> PlanAsync(CrmDbContext db, IQueryable query)
    {
        await using var write = await db.BeginWriteAsync(default);
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off");
        await using var command = query.CreateDbCommand();
        command.CommandText = (db.Database.IsNpgsql() ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var plan = "";
        while (await reader.ReadAsync()) plan += reader.GetValue(reader.FieldCount - 1) + "\n";
        return plan;
    }

    static async Task RefusesWhatIsNotUniqueAsync(TestHost host)
    {
        await ChangeAsync(host, d => d with { Fields = [.. d.Fields.Select(f => f.Name is "Mail" or "Pieces" ? f with { IsUnique = true } : f)] });
        await host.InAsync("acme", async services =>
        {
            var (type, store) = (Leads(services), services.GetRequiredService<RecordStore>());
            Assert.Equal(SaveOutcome.Saved, (await store.CreateAsync(type, new Dictionary<string, string?> { ["Company"] = "甲", ["Mail"] = "a@acme.example", ["Pieces"] = "7" }, default)).Outcome);
            var refused = await store.CreateAsync(type, new Dictionary<string, string?> { ["Company"] = "乙", ["Mail"] = "a@acme.example", ["Pieces"] = "7" }, default);
            Assert.Equal(["Mail", "Pieces"], refused.Problems.Where(p => p.Code == "not-unique").Select(p => p.Field).Order());
        });
    }

    static async Task LosesAFieldWithItsIndexAndGivesItsPlaceToNobodyAsync(TestHost host)
    {
        await ChangeAsync(host, d => d with { Fields = [.. d.Fields.Where(f => f.Name != "Price")] });
        await ChangeAsync(host, d => d with { Fields = [.. d.Fields, MadeSamples.Field("Price", "text")] });
        await host.InAsync("acme", async services =>
        {
            var type = Leads(services);
            Assert.Empty((await type.ListAsync(Db(services), RecordQuery.All with { Filters = [new("Price", "empty", "false")] }, default)).Items);
            Assert.DoesNotContain("ix_made_1_f3", await StoredDefinitions.IndexesAsync(Db(services), default));
            Assert.Contains($"ix_made_1_{type.Find("Price")!.Column}", await StoredDefinitions.IndexesAsync(Db(services), default));
        });
    }

    static async Task GoesAndComesBackWithItsRecordsAsync(TestHost host)
    {
        await host.InAsync("acme", services => services.GetRequiredService<DefineTypes>().RemoveAsync(MadeSamples.Lead, default));
        await host.InAsync("acme", services =>
        {
            Assert.False(services.GetRequiredService<TenantContext>().Snapshot.RecordTypes.ContainsKey(MadeSamples.Lead));
            return services.GetRequiredService<DefineTypes>().BringBackAsync(1, default);
        });
        await host.InAsync("acme", async services => Assert.Equal(31, await Leads(services).CountAsync(Db(services), RecordQuery.All, 100, default)));
    }

    static async Task ChangeAsync(TestHost host, Func<TypeDefinition, TypeDefinition> change) => Assert.Empty(await host.InAsync("acme", async services =>
    {
        var define = services.GetRequiredService<DefineTypes>();
        var row = (await define.FindAsync(MadeSamples.Lead, default))!;
        return await define.SaveAsync(change(TypeDefinition.Read(row.Json)), row.Version, default);
    }));

    static RecordType Leads(IServiceProvider services) => services.GetRequiredService<TenantContext>().Snapshot.RecordTypes[MadeSamples.Lead];
    static CrmDbContext Db(IServiceProvider services) => services.GetRequiredService<CrmDbContext>();
}
