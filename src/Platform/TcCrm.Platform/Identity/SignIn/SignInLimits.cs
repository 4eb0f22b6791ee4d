using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;

namespace TcCrm.Platform.Identity;

/// <summary>How often one address, and one name from wherever, may try. Lock-out protects an account; this protects the host.</summary>
public sealed class SignInLimits : IDisposable
{
    readonly PartitionedRateLimiter<string> _addresses;
    readonly PartitionedRateLimiter<string> _names;

    /// <summary>A whole company may sit behind one address: <c>TcCrm:SignIn:TriesPerAddress</c> in five minutes.</summary>
    public SignInLimits(IConfiguration configuration)
    {
        _addresses = Limiter(configuration.GetValue("TcCrm:SignIn:TriesPerAddress", 200));
        _names = Limiter(configuration.GetValue("TcCrm:SignIn:TriesPerName", 30));
    }

    public bool Allow(string address, string tenant, string name) =>
        Take(_addresses, address) && Take(_names, $"{tenant}\n{name.Trim().ToUpperInvariant()}");

    static bool Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    static PartitionedRateLimiter<string> Limiter(int tries) => PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetSlidingWindowLimiter(
        key, _ => new() { PermitLimit = tries, Window = TimeSpan.FromMinutes(5), SegmentsPerWindow = 5, AutoReplenishment = true }));

    public void Dispose()
    {
        _addresses.Dispose();
        _names.Dispose();
    }
}
