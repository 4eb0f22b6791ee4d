using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Search;

/// <summary>Writes the search rows of all records again, oldest first as they came. Saves go on meanwhile, and a run that was broken off starts anew.</summary>
public sealed class RebuildSearch(CrmDbContext db) : IJobHandler
{
    public const string JobKind = "search.rebuild";
    const int Batch = 500;

    public string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var done = 0;
        foreach (var type in db.Snapshot.RecordTypes.Values)
            for (var last = Guid.Empty; await NextAsync(type, last, cancel) is [.., var record] some; last = record.Id) await run.ReportAsync(done += some.Count, 0, cancel);
    }

    /// <summary>Reads inside the transaction: what is saved or deleted meanwhile stays as it was saved.</summary>
    async Task<IReadOnlyList<Record>> NextAsync(RecordType type, Guid after, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var some = await type.OldestAsync(db, after, Batch, cancel);
        foreach (var record in some) await SearchIndex.WriteAsync(db, type.Name, record.Id, type.SearchTextOf(record), isNew: false, cancel);
        await write.CommitAsync(cancel);
        return some;
    }
}
