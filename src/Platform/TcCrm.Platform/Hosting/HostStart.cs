using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Hosting;

/// <summary>Before the first request: the registry is read and what killed set-ups left is cleared. The model is built beside it.</summary>
public sealed class HostStart(HostDatabase host, TenantRegistry registry, TenantSetup setup, TenantDatabases databases, IOptions<TcCrmOptions> options) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = Task.Run(() => databases.Warm(options.Value.Database.Engine), CancellationToken.None);
        await host.CreateAsync(cancellationToken);
        await registry.LoadAsync(cancellationToken);
        await setup.ClearAbandonedAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
