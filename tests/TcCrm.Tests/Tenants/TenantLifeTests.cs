using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Tenants;

public sealed class TenantLifeTests
{
    const string Probe = "/health/live";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Suspended_it_answers_503_resumed_it_answers_again_removed_it_is_unknown(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        using var client = host.CreateClient();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "acme"));
        await host.Services.GetRequiredService<SuspendTenant>().ExecuteAsync("acme", default);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(client, "acme"));
        await host.Services.GetRequiredService<ResumeTenant>().ExecuteAsync("acme", default);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "acme"));
        await host.Services.GetRequiredService<RemoveTenant>().ExecuteAsync("acme", default);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "acme"));
        Assert.Empty(TenantPlaces.Of(host, "acme"));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Is_removed_while_requests_run_and_set_up_again_under_the_same_name(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await BackupTests.SetUpAsync(host, "acme");
        using var client = host.CreateClient();
        using var stop = new CancellationTokenSource();
        var requests = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = new HashSet<HttpStatusCode>();
            while (!stop.IsCancellationRequested) seen.Add((await client.GetAsync("/t/acme/customers/customer", CancellationToken.None)).StatusCode);
            return seen;
        })));
        await host.Services.GetRequiredService<RemoveTenant>().ExecuteAsync("acme", default);
        await BackupTests.SetUpAsync(host, "acme");
        await stop.CancelAsync();
        Assert.DoesNotContain(HttpStatusCode.InternalServerError, (await requests).SelectMany(s => s));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "acme"));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_migration_that_fails_stops_its_tenant_with_the_reason_and_no_other(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.CreateTenantAsync("other");
        var databases = host.Services.GetRequiredService<TenantDatabases>();
        await using (var connection = await databases.Engine(engine).OpenAsync("acme", default))
            foreach (var sql in new[] { "DELETE FROM setting WHERE key = 'SchemaStamp'", "DELETE FROM version_tccrm_customers" }) await connection.ExecuteAsync(sql, [], default);
        await using var later = host.WithWebHostBuilder(_ => { });
        using var client = later.CreateClient();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(client, "acme"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "other"));
        var stopped = later.Services.GetRequiredService<TenantRegistry>().Find("acme")!;
        Assert.Equal(TenantState.Invalid, stopped.State);
        Assert.Contains("TcCrm.Customers", stopped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_tenant_has_protected_no_other_can_read_nor_one_that_takes_its_name_later()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.CreateTenantAsync("other");
        byte[] Protect(IServiceProvider scope) => scope.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect([7]);
        byte[] Unprotect(IServiceProvider scope, byte[] bytes) => scope.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(bytes);
        var secret = await host.InAsync("acme", scope => Task.FromResult(Protect(scope)));
        Assert.Equal([7], await host.InAsync("acme", scope => Task.FromResult(Unprotect(scope, secret))));
        await Assert.ThrowsAsync<CryptographicException>(() => host.InAsync("other", scope => Task.FromResult(Unprotect(scope, secret))));
        await host.Services.GetRequiredService<RemoveTenant>().ExecuteAsync("acme", default);
        await host.CreateTenantAsync("acme");
        await Assert.ThrowsAsync<CryptographicException>(() => host.InAsync("acme", scope => Task.FromResult(Unprotect(scope, secret))));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Another_node_notices_new_changed_and_removed_tenants(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await using var second = host.WithWebHostBuilder(_ => { });
        using var client = second.CreateClient();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "acme"));
        await host.CreateTenantAsync("acme");
        await FirstSetUpTests.UntilAsync(async () => await StatusAsync(client, "acme") == HttpStatusCode.OK);
        await host.Services.GetRequiredService<SuspendTenant>().ExecuteAsync("acme", default);
        await FirstSetUpTests.UntilAsync(async () => await StatusAsync(client, "acme") == HttpStatusCode.ServiceUnavailable);
        await host.Services.GetRequiredService<RemoveTenant>().ExecuteAsync("acme", default);
        await FirstSetUpTests.UntilAsync(async () => await StatusAsync(client, "acme") == HttpStatusCode.NotFound);
    }

    static async Task<HttpStatusCode> StatusAsync(HttpClient client, string tenant) => (await client.GetAsync($"/t/{tenant}{Probe}")).StatusCode;
}
