using System.Threading.Channels;

namespace TcCrm.Platform.Jobs;

/// <summary>Says which tenants may have jobs to do. Losing a signal costs time only: the jobs are in the database.</summary>
public sealed class JobSignal
{
    readonly Channel<string> _tenants = Channel.CreateBounded<string>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise(string tenant) => _tenants.Writer.TryWrite(tenant);

    internal IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancel) => _tenants.Reader.ReadAllAsync(cancel);
}
