using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Events;

public sealed class DispatcherTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Events_leave_the_outbox_once_they_were_dispatched(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        for (var i = 0; i < 250; i++) await CreateAsync(host, $"客户{i}");

        await host.Services.GetRequiredService<Dispatcher>().DrainAsync("acme", default);

        await host.InAsync("acme", async services => Assert.Equal(0, await services.GetRequiredService<CrmDbContext>().Set<OutboxEntry>().CountAsync()));
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

    static Task<SaveOutcome> CreateAsync(TestHost host, string name) => host.InAsync("acme", async services =>
    {
        var type = services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["customers.customer"];
        return (await services.GetRequiredService<RecordStore>().CreateAsync(type, new Dictionary<string, string?> { ["Name"] = name }, default)).Outcome;
    });
}
