using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Tenants;

/// <summary>A set-up in a process of its own, killed at each step it tells of; then another process looks at what remains.</summary>
public sealed class KilledSetUpTests
{
    const int Sample = 4;
    static readonly string[] Arguments = ["tenant", "create", "acme", "--recipe", "retail-chain", "--admin", "boss", "--password", "Walnuss-Tisch-72"];

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Leaves_nothing_and_the_same_name_sets_up_at_once(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        var steps = await StepsAsync(host);
        Assert.True(steps > 8, $"only {steps} steps were told");
        var points = Environment.GetEnvironmentVariable("TCCRM_LONG") == "1" ? Enumerable.Range(1, steps) : Enumerable.Range(1, Sample).Select(i => i * steps / Sample);
        foreach (var point in points)
        {
            await KillAtAsync(host, point, isLast: point == steps);
            await host.Services.GetRequiredService<HostStart>().PrepareAsync(default); // what the next process does first
            if (point == steps && host.Services.GetRequiredService<TenantRegistry>().Find("acme") is { State: TenantState.Running }) await host.Services.GetRequiredService<RemoveTenant>().ExecuteAsync("acme", default); // it was in its place before the signal came
            Assert.True(host.Services.GetRequiredService<TenantRegistry>().Find("acme") is null, $"killed at step {point}, the tenant is listed");
            Assert.Empty(TenantPlaces.Of(host, "acme"));
        }
        await host.Services.GetRequiredService<SetUpTenants>().RunAsync([new("acme", "retail-chain", new("boss", "Walnuss-Tisch-72"))], null, default);
        Assert.Equal(TenantState.Running, host.Services.GetRequiredService<TenantRegistry>().Find("acme")!.State);
    }

    static async Task<int> StepsAsync(TestHost host)
    {
        await using var whole = await WebProcess.RunAsync(host.DataPath, host.ConnectionString, Arguments);
        Assert.True(whole.ExitCode == 0, string.Join('\n', whole.Lines));
        await host.Services.GetRequiredService<TenantRegistry>().LoadAsync(default);
        await host.Services.GetRequiredService<RemoveTenant>().ExecuteAsync("acme", default);
        return whole.Lines.Count - 1;
    }

    static async Task KillAtAsync(TestHost host, int point, bool isLast)
    {
        var told = 0;
        await using var web = WebProcess.Start(host.DataPath, host.ConnectionString, (process, _) =>
        {
            if (Interlocked.Increment(ref told) == point) process.Kill();
        }, Arguments);
        await web.EndAsync();
        Assert.True(web.ExitCode != 0 || isLast, $"step {point} was told and nothing was killed"); // behind the last one the process may be quicker than the signal
    }
}
