using System.Security.Cryptography;
using System.Text;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>
/// Counts of tries in the host's database, so that all nodes count together and a restart forgets nothing. One guarded statement for each try: parallel
/// guesses get no more than one after the other. What is counted stands there as a digest, until its time is over.
/// </summary>
public sealed class TryCounts(HostDatabase host, TimeProvider time)
{
    const long PruneEvery = 10 * 60_000;

    /// <summary>This window and the part of the last one that still counts: within any span as long as the window there are about so many and hardly more.</summary>
    const string Present = "(CASE WHEN try_count.slot >= @slot THEN try_count.count ELSE 0 END)";
    const string Before = "(CASE WHEN try_count.slot >= @slot THEN try_count.before WHEN try_count.slot = @slot - 1 THEN try_count.count ELSE 0 END)";
    const string Take = $"""
        INSERT INTO try_count (name, slot, count, before, until) VALUES (@name, @slot, 1, 0, @until)
        ON CONFLICT (name) DO UPDATE SET count = {Present} + 1, before = {Before}, slot = CASE WHEN try_count.slot >= @slot THEN try_count.slot ELSE @slot END, until = @until
        WHERE {Present} + ({Before} * @left + @window / 2) / @window < @most
        """;
    long _pruneAt;

    /// <summary>Null when it may be tried, and is counted; else how long to wait.</summary>
    /// <param name="most">Within the window; 0 is no limit.</param>
    public async Task<TimeSpan?> TakeAsync(string what, int most, TimeSpan window, CancellationToken cancel)
    {
        if (most <= 0) return null;
        await PruneAsync(cancel);
        var (name, length, now) = (NameOf(what), (long)window.TotalMilliseconds, Now);
        var (slot, left) = (now / length, length - now % length);
        if (await host.ExecuteAsync(Take, [("@name", name), ("@slot", slot), ("@until", (slot + 2) * length), ("@left", left), ("@window", length), ("@most", (long)most)], cancel) > 0) return null;
        var (count, before) = (await host.QueryAsync("SELECT count, before, slot FROM try_count WHERE name = @name", r => r.GetInt64(2) >= slot ? (r.GetInt64(0), r.GetInt64(1)) : (0L, r.GetInt64(0)), [("@name", name)], cancel)).FirstOrDefault();
        var wait = count >= most ? left + length - (2 * most - 1) * length / (2 * count) : before == 0 ? left : left - (2 * (most - count) - 1) * length / (2 * before);
        return TimeSpan.FromMilliseconds(Math.Clamp(wait + 1, 1000, length));
    }

    /// <summary>The number of this try since the first within the time.</summary>
    public async Task<int> NextAsync(string what, TimeSpan kept, CancellationToken cancel)
    {
        await PruneAsync(cancel);
        var (name, now) = (NameOf(what), Now);
        await host.ExecuteAsync("""
            INSERT INTO try_count (name, slot, count, before, until) VALUES (@name, 0, 1, 0, @until)
            ON CONFLICT (name) DO UPDATE SET count = CASE WHEN try_count.until <= @now THEN 1 ELSE try_count.count + 1 END, until = CASE WHEN try_count.until <= @now THEN @until ELSE try_count.until END
            """, [("@name", name), ("@now", now), ("@until", now + (long)kept.TotalMilliseconds)], cancel);
        return (await host.QueryAsync("SELECT count FROM try_count WHERE name = @name", r => (int)r.GetInt64(0), [("@name", name)], cancel)).FirstOrDefault(1);
    }

    long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    async Task PruneAsync(CancellationToken cancel)
    {
        var (now, due) = (Now, Interlocked.Read(ref _pruneAt));
        if (now < due || Interlocked.CompareExchange(ref _pruneAt, now + PruneEvery, due) != due) return;
        await host.ExecuteAsync("DELETE FROM try_count WHERE until < @now", [("@now", now)], cancel);
    }

    static string NameOf(string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)));
}
