using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TcCrm.Platform.Tenants;

/// <summary>Closes what is open for tenants that nobody uses: a host may have ten thousand of them. Connections go by themselves, see <see cref="TcCrmOptions.IdleSeconds"/>.</summary>
public sealed class IdleTenants(SnapshotCache snapshots, TenantKeys keys, IOptions<TcCrmOptions> options, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var after = TimeSpan.FromSeconds(options.Value.TenantIdleSeconds);
        using var timer = new PeriodicTimer(after < Longest ? after : Longest, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) Close(after);
    }

    public void Close(TimeSpan after)
    {
        foreach (var tenant in snapshots.DropIdle(after)) keys.Forget(tenant);
    }
}
