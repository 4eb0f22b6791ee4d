using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Imports;

public sealed record ImportArguments(Guid ImportId, bool Writes);

/// <summary>
/// Runs or previews an import. Counts, findings and the line reached are saved in the transaction of each batch: a run that is killed
/// goes on behind the last batch that was committed, and no row is brought in twice.
/// </summary>
public sealed class ImportJob(CrmDbContext db, Importer importer, ImportFiles files, Access access, TimeProvider time) : IJobHandler
{
    public const string JobKind = "import";
    const int MostFindings = 50_000;
    int _findings;

    public string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var arguments = run.Arguments<ImportArguments>();
        var import = await db.Set<Import>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == arguments.ImportId, cancel);
        if (import is null) return;
        try
        {
            await RunAsync(run, import, arguments.Writes, cancel);
        }
        catch (BusinessRuleException)
        {
            await EndAsync(import.Id, arguments.Writes ? ImportState.Failed : ImportState.Draft);
            throw;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await EndAsync(import.Id, arguments.Writes ? ImportState.Cancelled : ImportState.Draft);
            throw;
        }
    }

    async Task RunAsync(JobRun run, Import import, bool writes, CancellationToken cancel)
    {
        var plan = import.Plan();
        if (access.TypeOf(plan.RecordType) is not { } type || !access.May(RecordRight.Import, type))
            throw new BusinessRuleException("You may not import records of this type.");
        var isFresh = !writes || import.State != ImportState.Running || import.Place == default;
        if (isFresh) await BeginAsync(import.Id, writes ? ImportState.Running : ImportState.Previewing, cancel);
        using var file = files.Open(import.Id, plan);
        var report = writes
            ? await importer.RunAsync(file, plan, isFresh ? new() : import.Report(), isFresh ? default : import.Place, p => KeepAsync(run, import.Id, p, cancel), cancel)
            : await importer.PreviewAsync(file, plan, p => KeepAsync(run, import.Id, p, cancel), cancel);
        await EndAsync(import.Id, writes ? ImportState.Done : ImportState.Previewed, report);
    }

    async Task BeginAsync(Guid id, ImportState state, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        await db.WriteAsync(async () =>
            await db.Set<ImportFinding>().Where(f => f.ImportId == id).ExecuteDeleteAsync(cancel)
            + await db.Set<Import>().Where(i => i.Id == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.State, state).SetProperty(i => i.Pass, 0).SetProperty(i => i.Line, 0)
                .SetProperty(i => i.ReportJson, "{}").SetProperty(i => i.StartedAt, now).SetProperty(i => i.EndedAt, (DateTime?)null), cancel), cancel);
    }

    async Task KeepAsync(JobRun run, Guid id, ImportProgress progress, CancellationToken cancel)
    {
        foreach (var finding in progress.Refused.SelectMany(row => FindingsOf(id, row)).Concat(progress.Warnings.Select(w => FindingOf(id, w, isWarning: true, null))).Take(Math.Max(0, MostFindings - _findings)))
        {
            db.Add(finding);
            _findings++;
        }
        await db.SaveChangesAsync(cancel);
        var ((pass, line), report) = (progress.Place, Import.Write(progress.Report));
        await db.WriteAsync(() => db.Set<Import>().Where(i => i.Id == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Pass, pass).SetProperty(i => i.Line, line).SetProperty(i => i.ReportJson, report), cancel), cancel);
        await run.ReportAsync(progress.Report.Done, progress.Report.Rows, cancel);
    }

    async Task EndAsync(Guid id, ImportState state, ImportReport? report = null)
    {
        var now = Moments.Now(time);
        var json = report is null ? null : Import.Write(report);
        await db.WriteAsync(() => db.Set<Import>().Where(i => i.Id == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.State, state).SetProperty(i => i.EndedAt, now)
            .SetProperty(i => i.ReportJson, i => json ?? i.ReportJson)), CancellationToken.None);
    }

    static IEnumerable<ImportFinding> FindingsOf(Guid import, RefusedRow row) =>
        row.Problems.Select((problem, i) => FindingOf(import, problem, isWarning: false, i == 0 ? row.Cells : null));

    static ImportFinding FindingOf(Guid import, RowProblem problem, bool isWarning, string[]? cells) => new()
    {
        ImportId = import,
        Line = problem.Line,
        Header = problem.Header,
        IsWarning = isWarning,
        Key = problem.Problem.Key,
        Args = Import.Write(problem.Problem.Args.Select(a => a?.ToString() ?? "")),
        Cells = cells is null ? null : Import.Write(cells),
    };
}
