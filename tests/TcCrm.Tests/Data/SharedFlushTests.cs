using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Data;

public sealed class SharedFlushTests
{
    [Fact]
    public async Task Those_who_come_while_one_is_under_way_share_the_next_and_do_not_end_before_it()
    {
        var count = 0;
        using var begun = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var flush = new SharedFlush(() =>
        {
            Interlocked.Increment(ref count);
            begun.Release();
            go.Wait();
        });
        var first = flush.WaitAsync();
        await begun.WaitAsync();
        var others = Enumerable.Range(0, 10).Select(_ => flush.WaitAsync()).ToList();
        go.Release();
        await first;
        await begun.WaitAsync();
        Assert.All(others, o => Assert.False(o.IsCompleted));
        go.Release();
        await Task.WhenAll(others);
        Assert.Equal(2, count);
    }

    [Fact]
    public async Task A_flush_that_fails_is_told_to_those_who_waited_for_it_and_the_next_runs_again()
    {
        var fails = true;
        var flush = new SharedFlush(() =>
        {
            if (fails) throw new IOException("disk");
        });
        await Assert.ThrowsAsync<IOException>(flush.WaitAsync);
        fails = false;
        await flush.WaitAsync();
    }

    [Fact]
    public async Task Of_many_writers_the_refused_fail_alone()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await Task.WhenAll(Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                var name = writer % 4 == 0 ? new string('x', 500) : $"{writer}-{i}";
                var outcome = await host.InAsync("acme", async s => (await s.GetRequiredService<RecordStore>().CreateAsync(s.GetRequiredService<TenantContext>().Snapshot.RecordTypes["customers.customer"], new Dictionary<string, string?> { ["Name"] = name }, default)).Outcome);
                Assert.Equal(writer % 4 == 0 ? SaveOutcome.Invalid : SaveOutcome.Saved, outcome);
            }
        })));
        Assert.Equal(24 * 5, await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<Customer>().Select(c => c.Name).Distinct().CountAsync()));
    }
}
