using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Changing;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Definitions;

/// <summary>How an administrator changes record types: one at a time in a tenant, and from the next request on everywhere.</summary>
public sealed class DefineTypes(CrmDbContext db, WriteDefinition write, FirstGrants grants, AdministrationLocks locks, FeatureChange change, JobSignal signal)
{
    public IReadOnlyList<RecordProblem> ProblemsOf(TypeDefinition wish) => write.ProblemsOf(wish, db.Snapshot.Types);

    /// <summary>The problems; nothing was saved when there are any.</summary>
    /// <param name="version">The one that the change was made on; null for a new type.</param>
    /// <exception cref="BusinessRuleException">Somebody else has changed the type meanwhile.</exception>
    public Task<IReadOnlyList<RecordProblem>> SaveAsync(TypeDefinition wish, int? version, CancellationToken cancel) => SaveAsync(wish, version, [], cancel);

    /// <param name="answers">What was decided for records that are there already, see <see cref="Consequence.Remedy"/>.</param>
    /// <inheritdoc cref="SaveAsync(TypeDefinition, int?, CancellationToken)" />
    public async Task<IReadOnlyList<RecordProblem>> SaveAsync(TypeDefinition wish, int? version, IReadOnlyList<ValueChange> answers, CancellationToken cancel)
    {
        if (ProblemsOf(wish) is { Count: > 0 } problems) return problems;
        await ChangeAsync(async () =>
        {
            var row = await FindAsync(wish.Name, cancel);
            if (version is null && row is not null) throw new BusinessRuleException("There is a type '{0}' already.", null, wish.Name);
            if (version is not null && row?.Version != version) throw new BusinessRuleException("Somebody else has changed this meanwhile. Open it anew.");
            await write.ExecuteAsync(wish, answers, cancel);
        }, cancel);
        return [];
    }

    /// <summary>A new type and who may do what with it, both or neither.</summary>
    /// <returns>The problems; nothing was saved when there are any.</returns>
    /// <exception cref="BusinessRuleException">There is a type of that name by now.</exception>
    public async Task<IReadOnlyList<RecordProblem>> MakeAsync(TypeDefinition wish, IReadOnlyCollection<(Guid Role, RecordRight Right)> granted, CancellationToken cancel)
    {
        if (ProblemsOf(wish) is { Count: > 0 } problems) return problems;
        await ChangeAsync(async () =>
        {
            if (await FindAsync(wish.Name, cancel) is not null) throw new BusinessRuleException("There is a type '{0}' already.", null, wish.Name);
            await write.ExecuteAsync(wish, [], cancel);
            await grants.WriteAsync(wish.Name, granted, cancel);
        }, cancel);
        return [];
    }

    /// <exception cref="BusinessRuleException">Fields of other types point to it.</exception>
    public Task RemoveAsync(string name, CancellationToken cancel)
    {
        var pointing = db.Snapshot.RecordTypes.Values.Where(t => t.Name != name).SelectMany(t => t.Fields).Where(f => f.LookupType == name).Select(f => $"{f.RecordType}.{f.Name}").ToList();
        if (pointing.Count > 0) throw new BusinessRuleException("Fields of other types point to this one: {0}. Take them away first.", null, string.Join(", ", pointing));
        return ChangeAsync(() => write.RemoveAsync(name, cancel), cancel);
    }

    public Task BringBackAsync(int no, CancellationToken cancel) => ChangeAsync(() => write.BringBackAsync(no, cancel), cancel);

    public Task<StoredDefinition?> FindAsync(string name, CancellationToken cancel) =>
        db.Set<StoredDefinition>().AsNoTracking().FirstOrDefaultAsync(d => d.Name == name && d.RemovedAt == null, cancel);

    async Task ChangeAsync(Func<Task> work, CancellationToken cancel)
    {
        await using var held = await locks.TakeAsync(db.Snapshot.Tenant.Name, "record types", cancel);
        await using (var scope = await db.BeginWriteAsync(cancel))
        {
            await work();
            await scope.CommitAsync(cancel);
        }
        await change.PublishAsync(db.Snapshot.Tenant, cancel);
        signal.Raise(db.Snapshot.Tenant.Name); // what jobs have to do: indexes, values
    }
}
