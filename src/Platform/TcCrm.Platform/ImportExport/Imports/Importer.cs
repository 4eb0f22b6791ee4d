using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>Where an import stands; told after every batch. A run tells it inside the batch's own transaction, so what it writes is true.</summary>
/// <param name="Refused">Rows of the batch that were left out.</param>
public sealed record ImportProgress(ImportReport Report, ImportPlace Place, IReadOnlyList<RefusedRow> Refused, IReadOnlyList<RowProblem> Warnings);

/// <summary>A row that was not imported, with its reasons.</summary>
public sealed record RefusedRow(int Line, string[] Cells, IReadOnlyList<RowProblem> Problems);

/// <summary>
/// Brings the rows of a file into records through the same saves as every other door: rules, numbers, audit and outbox are the engine's.
/// The file is read twice, first for the keys, then in batches of rows, each one transaction; memory does not grow with the rows but with the keys.
/// Where rows name other rows of the file it is read more often, see <see cref="FileOrder"/>.
/// </summary>
public sealed class Importer(CrmDbContext db, Access access, IText text)
{
    const int BatchSize = 1000;

    /// <summary>Reads and checks everything and writes nothing.</summary>
    public Task<ImportReport> PreviewAsync(TabularFile file, ImportPlan plan, Func<ImportProgress, Task> progress, CancellationToken cancel) =>
        RunAsync(file, plan, new(), default, writes: false, progress, cancel);

    /// <param name="from">Up to where an interrupted run had come.</param>
    /// <param name="soFar">The counts of the interrupted run.</param>
    /// <exception cref="BusinessRuleException">The plan does not fit the file or the type.</exception>
    public Task<ImportReport> RunAsync(TabularFile file, ImportPlan plan, ImportReport soFar, ImportPlace from, Func<ImportProgress, Task> progress, CancellationToken cancel) =>
        RunAsync(file, plan, soFar, from, writes: true, progress, cancel);

    /// <summary>What is wrong with a plan for this file; empty when it can run.</summary>
    public IReadOnlyList<RecordProblem> Check(TabularFile file, ImportPlan plan) =>
        access.TypeOf(plan.RecordType) is { } type
            ? ColumnMap.Resolve(plan, type, file.Header).Problems
            : [new("", "There is no record type '{0}'.", plan.RecordType)];

    async Task<ImportReport> RunAsync(TabularFile file, ImportPlan plan, ImportReport soFar, ImportPlace from, bool writes, Func<ImportProgress, Task> progress, CancellationToken cancel)
    {
        var map = Resolve(file, plan);
        var references = new References(db, access, map);
        var reader = new RowReader(map, db.Snapshot.Settings.FieldContext, new(text, plan.Values), references);
        var folding = KeyFolding.Of(file, map, reader, cancel);
        var report = soFar with { Rows = folding.Rows, Folded = folding.Folded, Conflict = folding.Differing };
        var order = FileOrder.Of(Wanted(file, map, reader, folding), map, cancel);
        for (var pass = from.Pass; pass < order.Passes; pass++)
        {
            references.Begin(order);
            var done = pass == from.Pass ? from.Line : 0;
            foreach (var chunk in Wanted(file, map, reader, folding).Where(row => row.Line > done && order.PassOf(row.Line) == pass).Chunk(BatchSize))
            {
                db.ChangeTracker.Clear();
                await references.LoadAsync(chunk, cancel);
                db.ChangeTracker.Clear();
                var (rows, place) = (chunk.Select(reader.Read).ToList(), new ImportPlace(pass, chunk[^1].Line));
                report = await (writes ? SaveAsync(map, rows, report, place, progress, cancel) : CheckAsync(map, rows, report, place, references, progress, cancel));
            }
        }
        if (writes) await NoteAsync(plan, report, cancel);
        return report;
    }

    /// <summary>Beside the entries of the records themselves: who brought a file in, and how much of it.</summary>
    async Task NoteAsync(ImportPlan plan, ImportReport report, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        db.Add(new AuditEntry { At = db.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, UserId = db.UserId, Action = "Imported", RecordType = plan.RecordType, Details = JsonSerializer.Serialize(new { report.Added, report.Updated, report.Skipped, report.Error }) });
        await db.SaveChangesAsync(cancel);
    }

    ColumnMap Resolve(TabularFile file, ImportPlan plan)
    {
        if (access.TypeOf(plan.RecordType) is not { } type) throw new BusinessRuleException("There is no record type '{0}'.", null, plan.RecordType);
        var (map, problems) = ColumnMap.Resolve(plan, type, file.Header);
        return map ?? throw new BusinessRuleException(problems[0].Key, null, problems[0].Args);
    }

    static IEnumerable<TabularRow> Wanted(TabularFile file, ColumnMap map, RowReader reader, KeyFolding folding) => file.Rows()
        .Where(row => map.Match is not { } match || row.Problem is not null || !folding.IsReplaced(reader.KeyOf(match, row.Cells), row.Line));

    /// <summary>One transaction. Rows that break a rule are found by the save itself; then the rest is saved anew from the start, so that refused rows take no number.</summary>
    async Task<ImportReport> SaveAsync(ColumnMap map, List<ImportRow> rows, ImportReport before, ImportPlace place, Func<ImportProgress, Task> progress, CancellationToken cancel)
    {
        while (true)
        {
            db.ChangeTracker.Clear();
            var batch = new ImportBatch(db, map, rows);
            await using var write = await db.BeginWriteAsync(cancel);
            await batch.ApplyAsync(cancel);
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (RecordRejectedException rejected)
            {
                batch.Refuse(rejected.Problems);
                continue;
            }
            var after = Counted(before, batch);
            await progress(ProgressOf(after, place, rows));
            await write.CommitAsync(cancel);
            return after;
        }
    }

    async Task<ImportReport> CheckAsync(ColumnMap map, List<ImportRow> rows, ImportReport before, ImportPlace place, References references, Func<ImportProgress, Task> progress, CancellationToken cancel)
    {
        var batch = new ImportBatch(db, map, rows);
        await batch.ApplyAsync(cancel);
        db.AddRange(references.PlannedFor(rows));
        batch.Refuse(await SavePipeline.ProblemsAsync(db, cancel));
        foreach (var row in rows.Where(r => r.Problems.Count > 0)) batch.Outcomes[row] = RowOutcome.Error;
        references.Plan(batch.Added);
        db.ChangeTracker.Clear();
        var after = Counted(before, batch);
        await progress(ProgressOf(after, place, rows));
        return after;
    }

    static ImportReport Counted(ImportReport before, ImportBatch batch)
    {
        var count = batch.Outcomes.Values.CountBy(o => o).ToDictionary();
        var (added, skipped, errors) = (count.GetValueOrDefault(RowOutcome.Added), count.GetValueOrDefault(RowOutcome.Skipped), count.GetValueOrDefault(RowOutcome.Error));
        return before with
        {
            Match = before.Match + batch.Matching,
            New = before.New + batch.Rows.Count - errors - batch.Matching,
            Added = before.Added + added,
            Updated = before.Updated + count.GetValueOrDefault(RowOutcome.Updated),
            ChangedValues = before.ChangedValues + batch.ChangedValues,
            Unchanged = before.Unchanged + count.GetValueOrDefault(RowOutcome.Unchanged),
            Skipped = before.Skipped + skipped,
            Error = before.Error + errors,
            Warning = before.Warning + batch.Rows.Sum(r => r.Warnings.Count),
        };
    }

    static ImportProgress ProgressOf(ImportReport report, ImportPlace place, List<ImportRow> rows) => new(report, place,
        [.. rows.Where(r => r.Problems.Count > 0).Select(r => new RefusedRow(r.Line, r.Cells, r.Problems))], [.. rows.SelectMany(r => r.Warnings)]);
}
