using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TcCrm.Platform.Tenants;

/// <summary>
/// One administrative step at a time per tenant, over all nodes: recipe, feature switch, definition edit, migration, restore.
/// A lock that its owner no longer renews can be taken over; one whose process on this machine is gone, at once.
/// </summary>
public sealed class AdministrationLocks(HostDatabase host, TimeProvider time)
{
    static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    static readonly TimeSpan StartIsKnownTo = TimeSpan.FromSeconds(5);
    readonly string _node = $"{Environment.MachineName}/{Environment.ProcessId}/{StartOf(Environment.ProcessId)?.Ticks ?? 0}";

    /// <summary>Waits while another step runs.</summary>
    /// <exception cref="BusinessRuleException">Another step has not ended in time; the text says which and since when.</exception>
    public async Task<IAsyncDisposable> TakeAsync(string tenant, string purpose, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (await TryTakeAsync(tenant, purpose, cancel) is { } held) return held;
            if (time.GetElapsedTime(began) > Patience) throw await BusyAsync(tenant, cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancel);
        }
    }

    /// <summary>Null while another step runs.</summary>
    public async Task<IAsyncDisposable?> TryTakeAsync(string tenant, string purpose, CancellationToken cancel)
    {
        var owner = $"{_node}/{Guid.CreateVersion7():N}";
        if (await InsertAsync(tenant, owner, purpose, cancel)) return new Held(this, tenant, owner);
        if (await LockOfAsync(tenant, cancel) is { } other && IsGone(other.Owner)) await ReleaseAsync(tenant, other.Owner);
        return await InsertAsync(tenant, owner, purpose, cancel) ? new Held(this, tenant, owner) : null;
    }

    async Task<bool> InsertAsync(string tenant, string owner, string purpose, CancellationToken cancel) => await host.ExecuteAsync(
        """
        INSERT INTO administration_lock (tenant, owner, purpose, since, until) VALUES (@tenant, @owner, @purpose, @now, @until)
        ON CONFLICT (tenant) DO UPDATE SET owner = excluded.owner, purpose = excluded.purpose, since = excluded.since, until = excluded.until WHERE administration_lock.until < @now
        """,
        [("@tenant", tenant), ("@owner", owner), ("@purpose", purpose), ("@now", Text(TimeSpan.Zero)), ("@until", Text(Lasts))], cancel) == 1;

    Task<int> RenewAsync(string tenant, string owner) =>
        host.ExecuteAsync("UPDATE administration_lock SET until = @until WHERE tenant = @tenant AND owner = @owner", [("@until", Text(Lasts)), ("@tenant", tenant), ("@owner", owner)], CancellationToken.None);

    Task<int> ReleaseAsync(string tenant, string owner) =>
        host.ExecuteAsync("DELETE FROM administration_lock WHERE tenant = @tenant AND owner = @owner", [("@tenant", tenant), ("@owner", owner)], CancellationToken.None);

    async Task<BusinessRuleException> BusyAsync(string tenant, CancellationToken cancel)
    {
        var held = await LockOfAsync(tenant, cancel);
        return new("Another administrative step ({0}) has been running since {1}. Try again when it has ended.", null, held?.Purpose, held?.Since);
    }

    async Task<Lock?> LockOfAsync(string tenant, CancellationToken cancel) =>
        (await host.QueryAsync("SELECT tenant, owner, purpose, since FROM administration_lock", r => new Lock(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)), cancel)).Find(l => l.Tenant == tenant);

    /// <summary>A killed process leaves its locks. The start time tells it from a later process with the same number.</summary>
    static bool IsGone(string owner)
    {
        if (owner.Split('/') is not [var machine, var process, var started, _] || machine != Environment.MachineName) return false;
        var start = StartOf(int.Parse(process, CultureInfo.InvariantCulture));
        return start is null || (start.Value - new DateTime(long.Parse(started, CultureInfo.InvariantCulture), DateTimeKind.Utc)).Duration() > StartIsKnownTo;
    }

    static DateTime? StartOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    string Text(TimeSpan ahead) => (time.GetUtcNow() + ahead).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    sealed record Lock(string Tenant, string Owner, string Purpose, string Since);

    sealed class Held : IAsyncDisposable
    {
        readonly AdministrationLocks _locks;
        readonly string _tenant;
        readonly string _owner;
        readonly CancellationTokenSource _released = new();
        readonly Task _renewing;

        public Held(AdministrationLocks locks, string tenant, string owner)
        {
            (_locks, _tenant, _owner) = (locks, tenant, owner);
            _renewing = RenewAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await _released.CancelAsync();
            await _renewing;
            _released.Dispose();
            await _locks.ReleaseAsync(_tenant, _owner);
        }

        async Task RenewAsync()
        {
            while (!_released.IsCancellationRequested)
            {
                await Task.Delay(Lasts / 3, _released.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!_released.IsCancellationRequested) await _locks.RenewAsync(_tenant, _owner);
            }
        }
    }
}
