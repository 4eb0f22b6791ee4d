using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;

namespace TcCrm.Platform.Identity;

/// <summary>
/// How often one address, and one name from wherever, may try. Lock-out protects an account, and counts in the database; this protects the host,
/// and each node counts for itself. Signing in has no limit for a whole company: with one, an outsider could shut everybody out.
/// </summary>
public sealed class SignInLimits : IDisposable
{
    static readonly TimeSpan OfTries = TimeSpan.FromMinutes(5);
    static readonly TimeSpan OfMails = TimeSpan.FromHours(1);
    readonly PartitionedRateLimiter<string> _addresses;
    readonly PartitionedRateLimiter<string> _names;
    readonly PartitionedRateLimiter<string> _mailAddresses;
    readonly PartitionedRateLimiter<string> _mailNames;
    readonly PartitionedRateLimiter<string> _mailTenants;

    /// <summary>A whole company may sit behind one address: <c>TcCrm:SignIn:TriesPerAddress</c> in five minutes. Of mails with a link: in an hour.</summary>
    public SignInLimits(IConfiguration configuration)
    {
        _addresses = Limiter(configuration.GetValue("TcCrm:SignIn:TriesPerAddress", 200), OfTries);
        _names = Limiter(configuration.GetValue("TcCrm:SignIn:TriesPerName", 30), OfTries);
        _mailAddresses = Limiter(configuration.GetValue("TcCrm:SignIn:MailsPerAddress", 30), OfMails);
        _mailNames = Limiter(configuration.GetValue("TcCrm:SignIn:MailsPerName", 5), OfMails);
        _mailTenants = Limiter(configuration.GetValue("TcCrm:SignIn:MailsPerTenant", 500), OfMails);
    }

    /// <summary>For passwords and codes. Null when it may be tried, else how long to wait.</summary>
    public TimeSpan? WaitForTry(string address, string tenant, string name) => Take(_addresses, address) ?? Take(_names, $"{tenant}\n{name.Trim().ToUpperInvariant()}");

    /// <summary>For mails that anybody can have sent.</summary>
    public TimeSpan? WaitForMail(string address, string tenant, string name) =>
        Take(_mailAddresses, address) ?? Take(_mailNames, $"{tenant}\n{name.Trim().ToUpperInvariant()}") ?? Take(_mailTenants, tenant);

    static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    static PartitionedRateLimiter<string> Limiter(int tries, TimeSpan window) => PartitionedRateLimiter.Create<string, string>(key => tries <= 0
        ? RateLimitPartition.GetNoLimiter(key)
        : RateLimitPartition.GetSlidingWindowLimiter(key, _ => new() { PermitLimit = tries, Window = window, SegmentsPerWindow = 5, AutoReplenishment = true }));

    public void Dispose()
    {
        foreach (var limiter in new[] { _addresses, _names, _mailAddresses, _mailNames, _mailTenants }) limiter.Dispose();
    }
}
