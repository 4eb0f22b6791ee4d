using System.Threading.RateLimiting;

namespace TcCrm.Platform.Identity;

/// <summary>A password hash is a tenth of a second of CPU on purpose. Only half the cores do such work at a time; a flood of sign-ins waits or is sent away instead of stopping everybody else.</summary>
public sealed class PasswordHashing : IDisposable
{
    const int Waiting = 64;
    readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = Math.Max(1, Environment.ProcessorCount / 2), QueueLimit = Waiting });

    /// <exception cref="BusinessRuleException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        using var lease = await _limiter.AcquireAsync(1, cancel);
        if (!lease.IsAcquired) throw new BusinessRuleException("Too many people are signing in at this moment. Try again in a minute.");
        return await Task.Run(work, cancel);
    }

    public void Dispose() => _limiter.Dispose();
}
