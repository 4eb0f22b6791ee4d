using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;
using TcCrm.Platform.Search;
using TcCrm.Tests.Tenants;

namespace TcCrm.Tests.Search;

public sealed class QuickSearchTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Finds_a_run_of_characters_anywhere_in_a_name_and_nothing_that_only_has_each_of_them(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            await AddAsync(services, "customers.customer", "杭州云杉商贸有限公司", "宁波有限公司", "云杉（杭州）");
            foreach (var (text, count) in new[] { ("司", 2), ("有限", 2), ("限公司", 2), ("有限公司", 2), ("贸有限公司", 1), ("州云杉商", 1), ("司有", 0), ("公司有限", 0), ("有限云杉", 0), ("杭州 公司", 1), ("云杉 杭州", 2), ("杭州云杉商贸有限公司", 1) })
                Assert.True(count == await FoundAsync(services, "customers.customer", text), text);
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Finds_a_phone_number_however_it_is_typed(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            await services.GetRequiredService<RecordStore>().CreateAsync(TypeOf(services, "customers.customer"), new Dictionary<string, string?> { ["Name"] = "云杉", ["Phone"] = "138 0013 8000" }, default);
            await services.GetRequiredService<RecordStore>().CreateAsync(TypeOf(services, "customers.customer"), new Dictionary<string, string?> { ["Name"] = "红松", ["Phone"] = "0571-88889999" }, default);
            foreach (var typed in new[] { "13800138000", "138 0013 8000", "+86 138 0013 8000", "138-0013-8000", "8000", "1380013", "0571-88889999", "057188889999", "9999" })
                Assert.True(await FoundAsync(services, "customers.customer", typed) == 1, typed);
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_search_reads_one_type_only(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            await AddAsync(services, "customers.customer", "云杉商贸");
            Assert.Equal(1, await FoundAsync(services, "customers.customer", "云"));
            Assert.Equal(0, await FoundAsync(services, "customers.contact", "云"));
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task The_rows_of_search_can_be_written_again(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", async services =>
        {
            await AddAsync(services, "customers.customer", [.. Enumerable.Range(1, 600).Select(i => $"云杉 no{i}")]);
            var db = services.GetRequiredService<CrmDbContext>();
            await db.WriteAsync(() => db.Database.ExecuteSqlRawAsync(engine == "sqlite" ? "DELETE FROM search_text; DELETE FROM search_row" : "DELETE FROM search_row"), default);
            Assert.Equal(0, await FoundAsync(services, "customers.customer", "no600"));
            await services.GetRequiredService<JobQueue>().AddAsync(RebuildSearch.JobKind, new { }, default);
        });
        await FirstSetUpTests.UntilAsync(() => host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<Job>().AnyAsync(j => j.Kind == RebuildSearch.JobKind && j.State == JobState.Done)));
        await host.InAsync("acme", async services =>
        {
            foreach (var text in new[] { "no1", "no600" }) Assert.InRange(await FoundAsync(services, "customers.customer", text), 1, 200);
            Assert.Equal(600, await services.GetRequiredService<CrmDbContext>().Database.SqlQuery<int>($"SELECT CAST(count(*) AS integer) AS \"Value\" FROM search_row").SingleAsync());
        });
    }

    static async Task AddAsync(IServiceProvider services, string type, params string[] names)
    {
        var writes = names.Select(n => new RecordWrite(null, new Dictionary<string, string?> { ["Name"] = n })).ToList();
        Assert.All(await services.GetRequiredService<RecordStore>().SaveManyAsync(TypeOf(services, type), writes, default), r => Assert.Equal([], r.Problems));
    }

    static async Task<int> FoundAsync(IServiceProvider services, string type, string text) =>
        (await TypeOf(services, type).ListAsync(services.GetRequiredService<CrmDbContext>(), RecordQuery.All with { Search = text, Size = 200 }, default)).Items.Count;

    static RecordType TypeOf(IServiceProvider services, string type) => services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes[type];
}
