using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Records;
using TcCrm.Tests.Modules;

namespace TcCrm.Tests.Events;

public sealed class DispatcherTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Events_leave_the_outbox_once_they_were_dispatched(string engine)
    {
        await using var host = await TestHost.StartAsync(engine, modules: ["TcCrm.Tests"]);
        await host.CreateTenantAsync("many-" + engine, TestModule.Id, "TcCrm.Customers");
        for (var i = 0; i < 250; i++) await CreateAsync(host, $"客户{i}", "many-" + engine);

        for (var tries = 0; await host.InAsync("many-" + engine, services => services.GetRequiredService<CrmDbContext>().Set<OutboxEntry>().CountAsync()) > 0; tries++)
        {
            Assert.True(tries < 100, "Events wait for longer than their reactions take.");
            await host.Services.GetRequiredService<Dispatcher>().DrainAsync("many-" + engine, default);
            await Task.Delay(50); // the host's own dispatcher may be at some of them
        }
        Assert.Equal(250, TestReaction.Seen.Where(s => s.Tenant == "many-" + engine).Select(s => s.Happened.RecordId).Distinct().Count());
    }

    [Fact]
    public async Task A_reaction_that_fails_runs_again_until_it_succeeds_and_its_event_waits()
    {
        await using var host = await TestHost.StartAsync(modules: ["TcCrm.Tests"]);
        await host.CreateTenantAsync("acme", TestModule.Id, "TcCrm.Customers");
        TestReaction.FailOnce("acme");
        await CreateAsync(host, "云杉");
        var dispatcher = host.Services.GetRequiredService<Dispatcher>();
        for (var i = 0; i < 40 && !TestReaction.Seen.Any(s => s.Tenant == "acme"); i++)
        {
            await dispatcher.DrainAsync("acme", default);
            var waiting = await host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<OutboxEntry>().CountAsync());
            if (TestReaction.Seen.Any(s => s.Tenant == "acme")) break;
            Assert.Equal(1, waiting);
            await Task.Delay(500);
        }
        Assert.Single(TestReaction.Seen, s => s.Tenant == "acme");
        Assert.True(TestReaction.HasFailed("acme"));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_failed_save_leaves_no_event_and_no_history(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        Assert.Equal(SaveOutcome.Invalid, await CreateAsync(host, ""));
        await host.InAsync("acme", async services =>
        {
            Assert.Equal(0, await services.GetRequiredService<CrmDbContext>().Set<OutboxEntry>().CountAsync());
            Assert.Equal(0, await services.GetRequiredService<CrmDbContext>().Set<Platform.Audit.AuditEntry>().CountAsync(a => a.RecordType == "customers.customer"));
        });
    }

    static Task<SaveOutcome> CreateAsync(TestHost host, string name, string tenant = "acme") => host.InAsync(tenant, async services =>
    {
        var type = services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["customers.customer"];
        return (await services.GetRequiredService<RecordStore>().CreateAsync(type, new Dictionary<string, string?> { ["Name"] = name }, default)).Outcome;
    });
}
