using System.Collections.Concurrent;

namespace TcCrm.Platform.Permissions;

/// <summary>
/// Whether a right reaches many rows: counted, and remembered with the snapshot for a minute. It only chooses the way in which lists are read, see ADR 12; what is out of date makes one slow and never wrong.
/// </summary>
public sealed class ReachSizes
{
    const int Most = 10_000;
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    readonly ConcurrentDictionary<string, (bool IsMany, long At)> _known = new(StringComparer.Ordinal);

    public async ValueTask<bool> IsManyAsync(string reach, TimeProvider time, Func<Task<bool>> count)
    {
        if (_known.TryGetValue(reach, out var known) && time.GetElapsedTime(known.At) < Fresh) return known.IsMany;
        if (_known.Count >= Most) _known.Clear();
        var isMany = await count();
        _known[reach] = (isMany, time.GetTimestamp());
        return isMany;
    }
}
