using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Tenants;

/// <summary>Notices what other nodes and the command line change: new tenants, suspended ones, other features. One small query every two seconds.</summary>
public sealed class RegistryWatch(TenantRegistry registry, SnapshotCache snapshots, TenantDatabases databases, TenantSetup setup, TimeProvider time, ILogger<RegistryWatch> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    const int ClearingEvery = 30;

    /// <summary>After this every node knows of a change.</summary>
    public static TimeSpan NoticedAfter { get; } = Interval + TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        for (var round = 1; !stoppingToken.IsCancellationRequested; round++)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await LookAsync(round, stoppingToken);
                failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing) log.LogWarning(e, "The registry of tenants cannot be read; what is known of it goes on");
                failing = true;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    async Task LookAsync(int round, CancellationToken cancel)
    {
        if (await registry.RefreshAsync(cancel)) await LetGoAsync();
        if (round % ClearingEvery == 0) await setup.ClearAbandonedAsync(cancel);
    }

    /// <summary>Of a tenant that no longer runs here nothing stays open: its file may be replaced any moment.</summary>
    async Task LetGoAsync()
    {
        foreach (var tenant in registry.All.Where(t => t.State is TenantState.Disabled or TenantState.Initializing)) await databases.EngineOf(tenant).CloseAsync(tenant.Name);
        snapshots.KeepOnly(registry.All.Where(t => t.State == TenantState.Running).Select(t => t.Name));
    }
}
