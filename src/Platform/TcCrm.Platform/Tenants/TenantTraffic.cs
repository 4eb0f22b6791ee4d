using System.Collections.Concurrent;

namespace TcCrm.Platform.Tenants;

/// <summary>Counts what is under way in each tenant in this process, so that removing or restoring one can wait for it.</summary>
public sealed class TenantTraffic(TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    readonly ConcurrentDictionary<string, int> _underWay = new(StringComparer.Ordinal);

    public IDisposable Enter(string tenant)
    {
        _underWay.AddOrUpdate(tenant, 1, (_, count) => count + 1);
        return new Visit(this, tenant);
    }

    /// <summary>Ends when nothing is under way. The caller has seen to it that nothing new begins.</summary>
    /// <exception cref="BusinessRuleException">Something does not end.</exception>
    public async Task WaitUntilQuietAsync(string tenant, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (_underWay.GetValueOrDefault(tenant) > 0)
        {
            if (time.GetElapsedTime(began) > Patience) throw new BusinessRuleException("Work in the tenant '{0}' does not end. Try again later.", null, tenant);
            await Task.Delay(Pause, time, cancel);
        }
    }

    sealed class Visit(TenantTraffic traffic, string tenant) : IDisposable
    {
        public void Dispose() => traffic._underWay.AddOrUpdate(tenant, 0, (_, count) => count - 1);
    }
}
