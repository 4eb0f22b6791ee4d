using Microsoft.Extensions.Hosting;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>At the start, when the host's database is there: what an earlier version kept in files is brought to where all nodes see it.</summary>
public sealed class OldErasureFiles(ErasureList list) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => list.TakeOverFilesAsync(cancellationToken);
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
