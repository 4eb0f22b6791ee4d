namespace TcCrm.Platform.Data;

/// <summary>
/// Group commit: transactions are committed one after the other without waiting for the disk; then those who wait share one flush of the log.
/// Each stays a transaction of its own, so what one of them is refused for concerns no other.
/// </summary>
public sealed class SharedFlush(Action flush)
{
    readonly Lock _lock = new();
    Task _underWay = Task.CompletedTask;
    Task? _next;

    /// <summary>Ends when everything that was committed before this call is on the disk. A flush that is under way may have begun before; the next has not.</summary>
    public Task WaitAsync()
    {
        lock (_lock) return _next ??= RunAfterAsync(_underWay);
    }

    async Task RunAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock) (_underWay, _next) = (_next!, null);
        flush();
    }

    /// <summary>Of SQLite's write-ahead log. Where it is gone, the last connection has brought everything into the database itself.</summary>
    public static SharedFlush OfLog(string file) => new(() =>
    {
        try
        {
            using var log = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(log);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
        }
    });
}
