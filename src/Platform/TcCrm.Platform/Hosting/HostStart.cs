using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Hosting;

/// <summary>Before the first request: the registry is read and what killed set-ups left is cleared. The model is built beside it.</summary>
public sealed class HostStart(HostDatabase host, TenantRegistry registry, TenantSetup setup, TenantReplacement replacement, TenantDatabases databases, IOptions<TcCrmOptions> options) : IHostedLifecycleService
{
    /// <summary>All that a verb of the command line needs as well.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        await host.CreateAsync(cancel);
        await registry.LoadAsync(cancel);
        await setup.ClearAbandonedAsync(cancel);
        await replacement.RecoverAsync(cancel);
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = Task.Run(() => databases.Warm(options.Value.Database.Engine), CancellationToken.None);
        await PrepareAsync(cancellationToken);
        foreach (var stopped in registry.All.Where(t => t.State == TenantState.Invalid).ToList()) // perhaps what is installed now can do it
            await registry.SaveAsync(stopped with { State = TenantState.Running, Error = null }, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
