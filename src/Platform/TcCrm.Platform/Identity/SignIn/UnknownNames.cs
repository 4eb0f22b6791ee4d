using Microsoft.Extensions.Caching.Memory;

namespace TcCrm.Platform.Identity;

/// <summary>Counts tries for names that nobody has, so that the answer does not tell which names exist.</summary>
public sealed class UnknownNames : IDisposable
{
    const int Most = 20_000;
    readonly MemoryCache _counts = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>The number of this try.</summary>
    public int Next(string tenant, string name, TimeSpan kept)
    {
        var count = _counts.GetOrCreate((tenant, name.ToUpperInvariant()), entry =>
        {
            entry.SetSize(1).SetAbsoluteExpiration(kept);
            return new StrongCount();
        })!;
        return Interlocked.Increment(ref count.Value);
    }

    public void Dispose() => _counts.Dispose();

    sealed class StrongCount
    {
        public int Value;
    }
}
