using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields.Kinds;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>The steps of an import as its pages take them: draft, mapping, preview, run. Everything is kept in the tenant's database, so a draft survives any page.</summary>
public sealed class ImportWorkshop(CrmDbContext db, ImportFiles files, JobQueue jobs, Access access, IText text, TimeProvider time)
{
    const int Remembered = 20;

    /// <summary>Takes the file and makes a draft with a suggested mapping.</summary>
    /// <exception cref="BusinessRuleException">The file is no table; nothing is kept.</exception>
    public async Task<Import> BeginAsync(RecordType type, string fileName, Stream content, CancellationToken cancel)
    {
        var import = new Import { RecordType = type.Name, FileName = Path.GetFileName(fileName), FileSize = content.Length, PlanJson = "{}", CreatedById = db.UserId, CreatedAt = Moments.Now(time) };
        await files.SaveAsync(import.Id, content, cancel);
        try
        {
            var plan = new ImportPlan { RecordType = type.Name };
            using var file = files.Open(import.Id, plan);
            import.PlanJson = Import.Write(await AsLastTimeAsync(type, Suggested(type, file, plan), cancel));
        }
        catch
        {
            files.Remove(import.Id);
            throw;
        }
        db.Add(import);
        await db.SaveChangesAsync(cancel);
        return import;
    }

    public ImportPlan Suggested(RecordType type, TabularFile file, ImportPlan plan)
    {
        var columns = new MapSuggestion(text).For(type, file.Header);
        return plan with { Header = file.Header, Columns = columns, MatchField = MapSuggestion.MatchField(type, columns) };
    }

    /// <summary>A file with the same columns as one that this user has brought in before is read the same way.</summary>
    async Task<ImportPlan> AsLastTimeAsync(RecordType type, ImportPlan plan, CancellationToken cancel)
    {
        var user = db.UserId;
        var earlier = await db.Set<Import>().AsNoTracking().Where(i => i.RecordType == type.Name && i.CreatedById == user && i.State == ImportState.Done)
            .OrderByDescending(i => i.CreatedAt).Take(Remembered).ToListAsync(cancel);
        var last = earlier.Select(i => i.Plan()).FirstOrDefault(p => p.Header.SequenceEqual(plan.Header) && p.Columns.SelectMany(c => c.Fields).All(f => type.Find(f) is not null));
        return last is null ? plan : last with { Encoding = plan.Encoding, Delimiter = plan.Delimiter, FirstRowIsHeader = plan.FirstRowIsHeader };
    }

    /// <summary>Null when there is no such import, it is somebody else's, or the user may not import records of its type.</summary>
    public async Task<OpenImport?> OpenAsync(Guid id, CancellationToken cancel) =>
        await Own().FirstOrDefaultAsync(i => i.Id == id, cancel) is { } import
        && access.TypeOf(import.RecordType) is { } type && access.May(RecordRight.Import, type)
            ? new(import, type, import.Plan()) : null;

    /// <summary>A file shows whatever is in it: only whoever brought it, and those who may see everything.</summary>
    IQueryable<Import> Own()
    {
        var (all, user) = (access.IsUnlimited, db.UserId);
        return db.Set<Import>().Where(i => all || i.CreatedById == user);
    }

    /// <summary>Columns of the file whose values this user may not see, or may no longer.</summary>
    public IReadOnlySet<string> ClosedColumns(Import import)
    {
        var (plan, closed) = (import.Plan(), access.ClosedFieldsOf(import.RecordType).ToList());
        var mapped = plan.Columns.Where(c => c.Fields.Any(name => closed.Exists(f => f.Name == name))).Select(c => c.Header);
        return mapped.Concat(new MapSuggestion(text).ColumnsOf(closed, plan.Header)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads what its job has written meanwhile.</summary>
    public Task RefreshAsync(Import import, CancellationToken cancel) => db.Entry(import).ReloadAsync(cancel);

    public Task<List<Import>> RecentAsync(RecordType type, CancellationToken cancel) =>
        Own().AsNoTracking().Where(i => i.RecordType == type.Name && i.State == ImportState.Done).OrderByDescending(i => i.CreatedAt).Take(5).ToListAsync(cancel);

    /// <summary>A changed plan makes an earlier preview void.</summary>
    public async Task ChangeAsync(Import import, ImportPlan plan, CancellationToken cancel)
    {
        import.PlanJson = Import.Write(plan);
        import.State = ImportState.Draft;
        import.JobId = null;
        await db.SaveChangesAsync(cancel);
    }

    public async Task StartAsync(Import import, bool writes, CancellationToken cancel)
    {
        import.State = writes ? ImportState.Running : ImportState.Previewing;
        (import.Pass, import.Line) = (0, 0);
        var job = await jobs.AddAsync(ImportJob.JobKind, new ImportArguments(import.Id, writes), cancel);
        import.JobId = job.Id;
        await db.SaveChangesAsync(cancel);
    }

    public Task StopAsync(Import import, CancellationToken cancel) => import.JobId is { } job ? jobs.CancelAsync(job, cancel) : Task.CompletedTask;

    /// <summary>The rows that were left out, see <see cref="ErrorFile"/>.</summary>
    public async Task WriteErrorsAsync(Import import, Stream stream, CancellationToken cancel)
    {
        using var file = files.Open(import.Id, import.Plan());
        var closed = ClosedColumns(import);
        await using var errors = await ErrorFile.CreateAsync(stream, file.Header, text, cancel);
        var row = new List<ImportFinding>();
        await foreach (var finding in Findings(import.Id, warnings: false).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (row.Count > 0 && row[0].Line != finding.Line) await WriteErrorAsync(errors, row, file.Header, closed, cancel);
            row.Add(finding);
        }
        if (row.Count > 0) await WriteErrorAsync(errors, row, file.Header, closed, cancel);
    }

    public IQueryable<ImportFinding> Findings(Guid import, bool warnings) =>
        db.Set<ImportFinding>().AsNoTracking().Where(f => f.ImportId == import && f.IsWarning == warnings).OrderBy(f => f.Line).ThenBy(f => f.Id);

    async Task WriteErrorAsync(ErrorFile errors, List<ImportFinding> row, IReadOnlyList<string> header, IReadOnlySet<string> closed, CancellationToken cancel)
    {
        var cells = row.Select(f => f.Cells).OfType<string>().Select(c => JsonSerializer.Deserialize<string[]>(c)!).FirstOrDefault() ?? [];
        var shown = cells.Select((cell, i) => i < header.Count && cell.Length > 0 && closed.Contains(header[i]) ? MaskedKind.Stars : cell);
        await errors.WriteAsync(row[0].Line, row.Select(f => (f.Header, f.Text(text, closed))), [.. shown], cancel);
        row.Clear();
    }
}
