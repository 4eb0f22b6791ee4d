using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>An older backup knows people who were erased since: they are erased in it before anybody can see it.</summary>
public sealed class ReplayErasures(ErasureList list, TenantUpgrade upgrade, SnapshotCache snapshots, TenantScopes scopes)
{
    /// <param name="tenant">Stands aside, filled from the backup.</param>
    /// <param name="names">Under which lists were kept: the tenant's name and the one it had when the backup was made.</param>
    /// <returns>Records erased.</returns>
    public async Task<int> ExecuteAsync(Tenant tenant, IEnumerable<string> names, CancellationToken cancel)
    {
        await upgrade.BringUpAsync(tenant);
        await list.GatherAsync(tenant, cancel);
        var erased = new List<RecordReference>();
        foreach (var name in names.Distinct()) erased.AddRange(await list.ReadAsync(name, null, cancel));
        return await EraseAsync(tenant, erased, cancel);
    }

    /// <summary>What was erased while the backup was being read: nothing is under way in the tenant any more.</summary>
    /// <param name="standing">The tenant that is about to give way.</param>
    /// <param name="aside">The one that takes its place.</param>
    public async Task FinishAsync(Tenant standing, Tenant aside, DateTime since, CancellationToken cancel)
    {
        await list.GatherAsync(standing, cancel);
        await EraseAsync(aside, await list.ReadAsync(standing.Name, since, cancel), cancel);
    }

    async Task<int> EraseAsync(Tenant tenant, IReadOnlyList<RecordReference> erased, CancellationToken cancel) =>
        erased.Count == 0 ? 0 : await scopes.RunAsync(await snapshots.BuildAsync(tenant), async services =>
        {
            var (erase, count) = (services.GetRequiredService<ErasePerson>(), 0);
            foreach (var record in erased.Distinct())
                if (await erase.ExecuteAsync(record, ErasureCause.Restore, cancel) is not null) count++;
            return count;
        });
}
