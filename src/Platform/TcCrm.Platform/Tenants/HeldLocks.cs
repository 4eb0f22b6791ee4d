namespace TcCrm.Platform.Tenants;

/// <summary>The administration locks of several tenants. Taken in the order of their names, so that two who want the same ones never wait for each other.</summary>
sealed class HeldLocks : IAsyncDisposable
{
    readonly List<IAsyncDisposable> _held = [];

    public static async Task<HeldLocks> TakeAsync(AdministrationLocks locks, IEnumerable<string> tenants, string purpose, CancellationToken cancel)
    {
        var all = new HeldLocks();
        try
        {
            foreach (var tenant in tenants.Order(StringComparer.Ordinal)) all._held.Add(await locks.TakeAsync(tenant, purpose, cancel));
            return all;
        }
        catch
        {
            await all.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var held in _held) await held.DisposeAsync();
    }
}
