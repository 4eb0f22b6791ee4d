using System.Globalization;

namespace TcCrm.Platform.Tenants;

/// <summary>
/// One administrative step at a time per tenant, over all nodes: recipe, feature switch, definition edit, migration, restore.
/// A lock that its owner no longer renews can be taken over.
/// </summary>
public sealed class AdministrationLocks(HostDatabase host, TimeProvider time)
{
    static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    readonly string _node = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";

    /// <summary>Waits while another step runs.</summary>
    /// <exception cref="BusinessRuleException">Another step has not ended in time; the text says which and since when.</exception>
    public async Task<IAsyncDisposable> TakeAsync(string tenant, string purpose, CancellationToken cancel)
    {
        var owner = $"{_node}/{Guid.CreateVersion7():N}";
        var began = time.GetTimestamp();
        while (!await TryTakeAsync(tenant, owner, purpose, cancel))
        {
            if (time.GetElapsedTime(began) > Patience) throw await BusyAsync(tenant, cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancel);
        }
        return new Held(this, tenant, owner);
    }

    async Task<bool> TryTakeAsync(string tenant, string owner, string purpose, CancellationToken cancel) => await host.ExecuteAsync(
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
        var held = (await host.QueryAsync("SELECT tenant, owner, purpose, since FROM administration_lock", r => (Tenant: r.GetString(0), Owner: r.GetString(1), Purpose: r.GetString(2), Since: r.GetString(3)), cancel)).Find(l => l.Tenant == tenant);
        return new("Another administrative step ({0}) has been running since {1}. Try again when it has ended.", null, held.Purpose, held.Since);
    }

    string Text(TimeSpan ahead) => (time.GetUtcNow() + ahead).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

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
