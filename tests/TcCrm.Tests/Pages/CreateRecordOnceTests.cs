using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Pages;

public sealed class CreateRecordOnceTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Gives_the_same_record_to_clicks_that_arrive_together(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        var token = Guid.CreateVersion7();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.InAsync("acme", services => services.GetRequiredService<CreateRecordOnce>()
            .ExecuteAsync(services.GetRequiredService<TenantContext>().Snapshot.RecordTypes["customers.customer"], token, new Dictionary<string, string?> { ["Name"] = "Firm" }, default))));
        Assert.All(results, r => Assert.Equal(SaveOutcome.Saved, r.Outcome));
        Assert.Single(results.Select(r => r.Record!.Id).Distinct());
        Assert.Equal(1, await host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<global::TcCrm.Customers.Customer>().CountAsync()));
    }
}
