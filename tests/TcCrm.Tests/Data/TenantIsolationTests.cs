using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Data;

/// <summary>Pooled contexts and connections change tenants thousands of times; none may ever carry one tenant's rows to another.</summary>
public sealed class TenantIsolationTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Parallel_work_in_many_tenants_never_sees_another_tenants_rows(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        string[] tenants = ["alpha", "beta", "gamma"];
        foreach (var tenant in tenants) await host.CreateTenantAsync(tenant);
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var rounds = Environment.GetEnvironmentVariable("TCCRM_LONG") == "1" ? 20_000 : 1_500;
        await Parallel.ForEachAsync(Enumerable.Range(0, rounds), new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (round, cancel) =>
        {
            var random = new Random(seed + round);
            var tenant = tenants[random.Next(tenants.Length)];
            await host.InAsync(tenant, async services =>
            {
                var db = services.GetRequiredService<CrmDbContext>();
                var type = db.Snapshot.RecordTypes["customers.customer"];
                if (random.Next(5) == 0) await services.GetRequiredService<RecordStore>().CreateAsync(type, new Dictionary<string, string?> { ["Name"] = tenant + round }, cancel);
                if (random.Next(7) == 0) throw new AbandonedException();
                var page = await type.ListAsync(db, RecordQuery.All with { Search = random.Next(2) == 0 ? tenant : null }, cancel);
                Assert.All(page.Items, r => Assert.StartsWith(tenant, type.TitleOf(r), StringComparison.Ordinal));
            }).ContinueWith(t => t.Exception is { InnerException: not AbandonedException } failure ? Task.FromException(failure) : Task.CompletedTask, TaskScheduler.Default).Unwrap();
        });
        foreach (var tenant in tenants)
            await host.InAsync(tenant, async services => Assert.True(await services.GetRequiredService<CrmDbContext>().Set<global::TcCrm.Customers.Customer>().AllAsync(c => c.Name.StartsWith(tenant))));
    }

    sealed class AbandonedException : Exception;
}
