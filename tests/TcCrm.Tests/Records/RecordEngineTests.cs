using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Records;

public sealed class RecordEngineTests
{
    static readonly string[] Names = ["张伟", "王芳", "", "李娜", "Chen Lei", "张伟明", "", "Émile"];

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Saves_finds_changes_deletes_and_restores_a_record(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        var id = await host.InAsync("acme", async services =>
        {
            var saved = await Store(services).CreateAsync(Customers(services), new Dictionary<string, string?> { ["Name"] = "云杉商贸", ["Tags"] = "重点,续约", ["CreditLimit"] = "1200.50", ["Birthday"] = "2001年2月3日" }, default);
            Assert.Equal(SaveOutcome.Saved, saved.Outcome);
            return saved.Record!.Id;
        });
        await host.InAsync("acme", async services =>
        {
            var type = Customers(services);
            var record = (await type.FindAsync(Db(services), id, default))!;
            Assert.Equal("C-000001", type.Number!.Text(record));
            Assert.Equal("1200.50 CNY", type.Find("CreditLimit")!.Text(record));
            Assert.Equal("2001-02-03", type.Find("Birthday")!.Text(record));
            var stale = await Store(services).UpdateAsync(type, id, 7, new Dictionary<string, string?> { ["Name"] = "x" }, default);
            Assert.Equal(SaveOutcome.Stale, stale.Outcome);
        });
        await host.InAsync("acme", async services =>
        {
            var type = Customers(services);
            Assert.Equal(SaveOutcome.Unchanged, (await Store(services).UpdateAsync(type, id, 1, new Dictionary<string, string?> { ["Name"] = "云杉商贸" }, default)).Outcome);
            Assert.Equal(SaveOutcome.Saved, (await Store(services).UpdateAsync(type, id, 1, new Dictionary<string, string?> { ["Name"] = "云杉贸易", ["Tags"] = "" }, default)).Outcome);
            Assert.Equal(SaveOutcome.Saved, (await Store(services).DeleteAsync(type, id, 2, default)).Outcome);
        });
        await host.InAsync("acme", async services =>
        {
            var type = Customers(services);
            Assert.Null(await type.FindAsync(Db(services), id, default));
            Assert.Single((await type.ListAsync(Db(services), RecordQuery.All with { Deleted = true }, default)).Items);
            Assert.Equal(SaveOutcome.Saved, (await Store(services).RestoreAsync(type, id, default)).Outcome);
            Assert.Single((await type.ListAsync(Db(services), RecordQuery.All with { Search = "云杉" }, default)).Items);
            var history = await Db(services).Set<AuditEntry>().Where(a => a.RecordId == id).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync();
            Assert.Equal(["Created", "Updated", "Deleted", "Restored"], history);
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Pages_through_every_sort_once_with_the_empties_last(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", services => FillAsync(services, 137));
        await host.InAsync("acme", async services =>
        {
            var type = Customers(services);
            foreach (var sort in type.Fields.Where(f => f.Kind.CanSort).SelectMany(f => new[] { f.Name, "-" + f.Name }).Append(null))
            {
                var seen = new List<Record>();
                Cursor? after = null;
                do
                {
                    var page = await type.ListAsync(Db(services), new RecordQuery([], null, sort, after, 10), default);
                    seen.AddRange(page.Items);
                    after = page.Next;
                    if (after is not null) Assert.True(Cursor.TryParse(after.ToString(), out after));
                }
                while (after is not null);
                Assert.True(seen.Select(r => r.Id).Distinct().Count() == 137 && seen.Count == 137, $"{sort}: {seen.Count}");
                if (sort is null) continue;
                var field = type.Find(sort.TrimStart('-'))!;
                var values = seen.Select(field.Value).ToList();
                Assert.True(values.SkipWhile(v => v is not null).All(v => v is null), $"{sort}: empties are not last");
                var keys = values.OfType<object>().Select(v => field.Kind.Key(v)).ToList();
                var sorted = field.PlainType == typeof(string) ? keys.OrderBy(k => (string)k, StringComparer.Ordinal).ToList() : keys.OrderBy(k => k).ToList();
                if (sort[0] == '-') sorted.Reverse();
                if (field.PlainType != typeof(Guid)) Assert.Equal(sorted, keys);
            }
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Filters_by_every_operator_of_every_field(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", services => FillAsync(services, 60));
        await host.InAsync("acme", async services =>
        {
            var type = Customers(services);
            var all = (await type.ListAsync(Db(services), RecordQuery.All with { Size = 200 }, default)).Items;
            foreach (var field in type.Fields)
            {
                var sample = all.FirstOrDefault(r => field.Value(r) is not null);
                foreach (var op in field.Kind.Operators)
                {
                    if (sample is null && op != "empty") continue;
                    var value = op == "empty" ? "true" : op == "has" ? ((List<string>)field.Value(sample!)!)[0] : field.Text(sample!);
                    var found = (await type.ListAsync(Db(services), RecordQuery.All with { Size = 200, Filters = [new(field.Name, op, value)] }, default)).Items;
                    if (op is "eq" or "has" or "in" or "ge" or "le" or "starts") Assert.Contains(found, r => r.Id == sample!.Id);
                    if (op is "ne" or "lt" or "gt") Assert.DoesNotContain(found, r => r.Id == sample!.Id);
                    if (op == "empty") Assert.Equal(all.Count(r => field.Value(r) is null), found.Count);
                    if (op == "eq") Assert.Equal(all.Count(r => field.Text(r) == value), found.Count);
                }
            }
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Quick_search_finds_characters_phrases_beginnings_and_phone_tails(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            var type = Customers(services);
            foreach (var name in new[] { "张伟", "伟张", "李大伟", "Northwind Trading", "ＡＢＣ公司" })
                await Store(services).CreateAsync(type, new Dictionary<string, string?> { ["Name"] = name, ["Phone"] = name == "李大伟" ? "13800138000" : "" }, default);
            async Task<int> Found(string text) => (await type.ListAsync(Db(services), RecordQuery.All with { Search = text }, default)).Items.Count;
            Assert.Equal(3, await Found("伟"));
            Assert.Equal(1, await Found("张伟"));
            Assert.Equal(1, await Found("north trad"));
            Assert.Equal(1, await Found("abc公司"));
            Assert.Equal(1, await Found("8000"));
            Assert.Equal(0, await Found("没有"));
            Assert.Equal(0, await Found("\"*'"));
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Keeps_the_good_rows_of_a_batch_and_reports_the_bad_ones(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            var results = await Store(services).SaveManyAsync(Customers(services), [new(null, Values("甲")), new(null, Values("")), new(null, new Dictionary<string, string?> { ["Name"] = "丙", ["Phone"] = "not a phone" }), new(null, Values("丁"))], default);
            Assert.Equal([SaveOutcome.Saved, SaveOutcome.Invalid, SaveOutcome.Invalid, SaveOutcome.Saved], results.Select(r => r.Outcome));
            var (type, items) = (Customers(services), (await Customers(services).ListAsync(Db(services), RecordQuery.All, default)).Items);
            Assert.Equal(["C-000002", "C-000001"], items.Select(r => type.Number!.Text(r)));
            Assert.Equal("C-000003", type.Number!.Text((await Store(services).CreateAsync(type, Values("戊"), default)).Record!));
            Assert.Equal(3, await Db(services).Set<AuditEntry>().CountAsync(a => a.RecordType == "customers.customer"));
        });

        static Dictionary<string, string?> Values(string name) => new() { ["Name"] = name };
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Issues_unique_numbers_without_gaps_to_parallel_writers_that_sometimes_roll_back(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        var (writers, each) = Environment.GetEnvironmentVariable("TCCRM_LONG") == "1" ? (64, 200) : (16, 20);
        await Parallel.ForEachAsync(Enumerable.Range(0, writers), new ParallelOptions { MaxDegreeOfParallelism = writers }, async (writer, cancel) =>
        {
            var random = new Random(writer);
            for (var i = 0; i < each; i++)
                await host.InAsync("acme", async services =>
                {
                    await using var write = await Db(services).BeginWriteAsync(cancel);
                    await Store(services).CreateAsync(Customers(services), new Dictionary<string, string?> { ["Name"] = $"{writer}-{i}" }, cancel);
                    if (random.Next(10) > 0) await write.CommitAsync(cancel);
                });
        });
        await host.InAsync("acme", async services =>
        {
            var numbers = await Db(services).Set<global::TcCrm.Customers.Customer>().Select(c => c.Number).OrderBy(n => n).ToListAsync();
            Assert.InRange(numbers.Count, writers * each / 2, (writers * each) - 1);
            Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => $"C-{n:D6}"), numbers);
        });
    }

    static async Task FillAsync(IServiceProvider services, int count)
    {
        var type = Customers(services);
        var random = new Random(5);
        var writes = Enumerable.Range(0, count).Select(i => new RecordWrite(null, new Dictionary<string, string?>
        {
            ["Name"] = Names[random.Next(Names.Length)] is { Length: > 0 } name ? name : "无名",
            ["Segment"] = Names[random.Next(Names.Length)],
            ["Kind"] = random.Next(2) == 0 ? "Company" : "Person",
            ["City"] = random.Next(3) == 0 ? "" : "杭州",
            ["Birthday"] = random.Next(3) == 0 ? "" : $"19{random.Next(50, 99)}-01-0{random.Next(1, 9)}",
            ["CreditLimit"] = random.Next(3) == 0 ? "" : $"{random.Next(1000)}.{random.Next(10)}0",
            ["Tags"] = random.Next(2) == 0 ? "" : "重点,VIP",
            ["Phone"] = random.Next(2) == 0 ? "" : "13800138000",
        })).ToList();
        Assert.All(await Store(services).SaveManyAsync(type, writes, default), r => Assert.Equal([], r.Problems));
    }

    static CrmDbContext Db(IServiceProvider services) => services.GetRequiredService<CrmDbContext>();
    static RecordStore Store(IServiceProvider services) => services.GetRequiredService<RecordStore>();
    static RecordType Customers(IServiceProvider services) => Db(services).Snapshot.RecordTypes["customers.customer"];
}
