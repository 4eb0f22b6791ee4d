using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Tenants;
using TcCrm.Tests.CommandLine;

namespace TcCrm.Tests.Tenants;

/// <summary>A host that starts where another process was killed in the middle of a set-up.</summary>
public sealed class KilledHostTests
{
    static readonly string[] Create = ["tenant", "create", "acme", "--recipe", "retail-chain", "--admin", "boss", "--password", "Walnuss-Tisch-72"];

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Shows_and_keeps_nothing_of_it_and_the_name_sets_up_at_once(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        var told = 0;
        await using (var killed = WebProcess.Start(host.DataPath, host.ConnectionString, (process, _) =>
        {
            if (Interlocked.Increment(ref told) == 5) process.Kill();
        }, Create)) await killed.EndAsync();
        Assert.NotEmpty(TenantPlaces.Of(host, "acme"));

        var address = WebProcess.FreeAddress();
        await using var web = WebProcess.Start(host.DataPath, host.ConnectionString, null, "--urls", address);
        await AutoSetupTests.ReadyAsync(web, address);
        using var http = new HttpClient { BaseAddress = new(address) };
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/t/acme/sign-in")).StatusCode);
        Assert.Empty(TenantPlaces.Of(host, "acme"));
        await host.Services.GetRequiredService<TenantRegistry>().LoadAsync(default);
        Assert.Empty(host.Services.GetRequiredService<TenantRegistry>().All);

        await using var again = await WebProcess.RunAsync(host.DataPath, host.ConnectionString, Create);
        Assert.Equal(0, again.ExitCode);
        await FirstSetUpTests.UntilAsync(async () => (await http.GetAsync("/t/acme/sign-in")).StatusCode == HttpStatusCode.OK);
    }
}
