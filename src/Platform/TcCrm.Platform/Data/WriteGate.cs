namespace TcCrm.Platform.Data;

/// <summary>
/// One writer at a time on a SQLite tenant. Waiting here is fair and costs no CPU; contending inside SQLite backs off in sleeps and starves.
/// EF saves and set-wise SQL go through the same gate.
/// </summary>
public sealed class WriteGate(SharedFlush log) : IDisposable
{
    readonly SemaphoreSlim _one = new(1, 1);

    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        return new Pass(_one);
    }

    /// <summary>What was committed behind this gate reaches the disk in groups.</summary>
    public SharedFlush Log => log;

    public void Dispose() => _one.Dispose();

    sealed class Pass(SemaphoreSlim gate) : IDisposable
    {
        SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
