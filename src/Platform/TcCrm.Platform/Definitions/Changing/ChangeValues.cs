using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Definitions.Changing;

/// <summary>
/// Makes the records of a type follow its definition, some at a time, while people go on working with them. What is done already is found done, so a
/// run that is taken over begins anew; what somebody has saved meanwhile stands.
/// </summary>
sealed class ChangeValues(CrmDbContext db, CodeRecordTypes code, TenantRegistry registry, SnapshotCache snapshots, TimeProvider time) : IJobHandler
{
    public const string Name = "ChangeValues";
    const int Batch = 500;
    int _changed, _unfit;

    public string Kind => Name;

    public sealed record Arguments(int Id);

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var no = run.Arguments<Arguments>().Id;
        if (await db.Set<StoredDefinition>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == no && d.RemovedAt == null, cancel) is not { } row) return;
        var definition = TypeDefinition.Read(row.Json);
        if (definition.Pending.Count == 0 || db.Snapshot.Types.Definitions.GetValueOrDefault(row.Name) is not { } known) return;
        if (known.ToJson() != row.Json) throw new InvalidOperationException($"The snapshot of {row.Name} is older than its definition."); // the next attempt has a new one
        var type = db.Snapshot.RecordTypes[row.Name];
        await FollowAsync(run, type, new(type, definition, code.Kinds, db.Snapshot.Settings.FieldContext), cancel);
        await EndAsync(no, definition, cancel);
    }

    async Task FollowAsync(JobRun run, RecordType type, PendingChanges changes, CancellationToken cancel)
    {
        db.Way = changes.AreOfValues ? SaveWay.WithoutRules : SaveWay.Unsaid;
        var (total, done, last) = (await type.CountAllAsync(db, cancel), 0, Guid.Empty);
        while (await NextAsync(type, changes, last, cancel) is { Count: > 0 } records)
        {
            (last, done) = (records[^1].Id, done + records.Count);
            await run.ReportAsync(done, Math.Max(total, done), cancel);
        }
        db.Way = SaveWay.Full;
    }

    /// <summary>One transaction; begun anew when somebody else saves one of these records in its midst.</summary>
    async Task<IReadOnlyList<Record>> NextAsync(RecordType type, PendingChanges changes, Guid after, CancellationToken cancel)
    {
        while (true)
        {
            db.ChangeTracker.Clear();
            await using var write = await db.BeginWriteAsync(cancel);
            var records = await type.NextAsync(db, after, Batch, cancel);
            var results = records.Select(changes.Apply).ToList();
            try
            {
                await db.SaveChangesAsync(cancel);
                foreach (var record in records.Where(r => changes.IndexesAnew && r.DeletedAt is null)) await IndexRows.RewriteAsync(db, type, record, cancel);
                await write.CommitAsync(cancel);
            }
            catch (DbUpdateConcurrencyException)
            {
                continue;
            }
            (_changed, _unfit) = (_changed + results.Count(r => r == Applied.Changed), _unfit + results.Count(r => r == Applied.Unfit));
            return records;
        }
    }

    async Task EndAsync(int no, TypeDefinition definition, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        await using (var write = await db.BeginWriteAsync(cancel))
        {
            var row = await db.Set<StoredDefinition>().FirstAsync(d => d.Id == no, cancel);
            row.Json = (TypeDefinition.Read(row.Json) with { Pending = [], Followed = new(Moments.Now(time), _changed, _unfit) }).ToJson();
            db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = "ValuesChanged", RecordType = row.Name, Details = JsonSerializer.Serialize(new { Fields = definition.Pending.Select(p => p.Field).Distinct(), Changed = _changed, Unfit = _unfit }) });
            await db.SaveChangesAsync(cancel);
            await write.CommitAsync(cancel);
        }
        snapshots.Drop(db.Snapshot.Tenant.Name);
        await registry.TouchAsync(db.Snapshot.Tenant.Name, cancel);
    }
}
