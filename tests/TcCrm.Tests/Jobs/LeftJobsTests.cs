using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Jobs;

public sealed class LeftJobsTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_tenant_without_visitors_is_woken_once_a_day_for_periodic_work_and_at_once_for_a_left_job(string engine)
    {
        await using var host = await TestHost.StartAsync(engine, runsJobs: false);
        await host.CreateTenantAsync("acme");
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var clock = new Clock { Now = now };
        var (left, snapshots) = AnotherNode(host, clock);
        async Task<IReadOnlyList<string>> LookAsync(TimeSpan later, bool warm)
        {
            if (!warm) snapshots.Drop("acme");
            clock.Now = now + later;
            return await left.LookAsync(0, TestContext.Current.CancellationToken);
        }

        await AddAsync(host, "every:test.count", now.AddMinutes(50));
        Assert.Empty(await LookAsync(TimeSpan.FromMinutes(30), warm: false));
        Assert.Equal(["acme"], await LookAsync(TimeSpan.FromHours(1), warm: false));
        Assert.Empty(await LookAsync(TimeSpan.FromHours(2), warm: false)); // as if it had run and were due again
        Assert.Equal(["acme"], await LookAsync(TimeSpan.FromHours(25), warm: false));

        await AddAsync(host, "recipe", now.AddMinutes(25 * 60 + 30));
        Assert.Equal(["acme"], await LookAsync(TimeSpan.FromHours(26), warm: false));
        await host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<Job>().Where(j => j.Kind == "recipe").ExecuteDeleteAsync());
        Assert.Empty(await LookAsync(TimeSpan.FromHours(26), warm: false));

        await snapshots.OfAsync(host.Services.GetRequiredService<TenantRegistry>().Find("acme")!, default); // a visitor
        Assert.Equal(["acme"], await LookAsync(TimeSpan.FromHours(27), warm: true));
        Assert.Equal(["acme"], await LookAsync(TimeSpan.FromHours(28), warm: false)); // what the visitor left
    }

    [Fact]
    public async Task Cold_tenants_are_asked_in_turn()
    {
        await using var host = await TestHost.StartAsync(runsJobs: false);
        await host.CreateTenantAsync("acme");
        var clock = new Clock { Now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(2) };
        await AddAsync(host, "recipe", clock.Now.AddHours(-1));
        var (left, _) = AnotherNode(host, clock);

        var found = 0;
        for (var round = 1; round <= 10; round++) found += (await left.LookAsync(round, TestContext.Current.CancellationToken)).Count;
        Assert.Equal(1, found);
    }

    /// <summary>It has tenants of its own in memory, so that the host's jobs do not warm them.</summary>
    static (LeftJobs, SnapshotCache) AnotherNode(TestHost host, TimeProvider clock)
    {
        var snapshots = ActivatorUtilities.CreateInstance<SnapshotCache>(host.Services);
        return (new(new(), host.Services.GetRequiredService<TenantRegistry>(), snapshots, host.Services.GetRequiredService<TenantDatabases>(), clock, NullLogger<LeftJobs>.Instance), snapshots);
    }

    static Task<int> AddAsync(TestHost host, string kind, DateTimeOffset due) => host.InAsync("acme", async services =>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        db.Add(new Job { Kind = kind, Arguments = "{}", CreatedAt = due.UtcDateTime, DueAt = due.UtcDateTime });
        return await db.SaveChangesAsync();
    });

    sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
