using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Ui;
using JobState = TcCrm.Ui.JobState;

namespace TcCrm.Platform.Pages.Import;

/// <summary>Problems of an import, the most frequent first.</summary>
public sealed record ImportFindings(Guid Import, IReadOnlyList<FindingGroup> Errors, IReadOnlyList<FindingGroup> Warnings);

/// <summary>One reason in one column, and the first lines that have it.</summary>
public sealed record FindingGroup(string Header, string Text, IReadOnlyList<int> Lines, int Count);

/// <summary>A word of the file that is no choice of the field that its column fills.</summary>
public sealed record UnknownValue(Field Field, string Header, string Written, int Count);

/// <summary>How a preview or a run is getting on, as the pages show it.</summary>
public sealed class ImportWatch(ImportWorkshop workshop, JobQueue jobs, IText text)
{
    const int MostFindings = 2_000, MostGroups = 50, MostLines = 8;

    /// <summary>Null when the job is over.</summary>
    public async Task<JobProgress?> ProgressAsync(ImportExport.Imports.Import import, string page, CancellationToken cancel)
    {
        if (import.JobId is not { } id || await jobs.FindAsync(id, cancel) is not { IsOver: false } job) return null;
        var address = $"~/import/{import.Id}/{page}";
        return new("im-job", page == "run" ? text["Importing {0}", import.FileName] : text["Checking {0}", import.FileName], job.State == Jobs.JobState.Running ? JobState.Running : JobState.Waiting, address)
        {
            Percent = job.Total > 0 ? (int)(100L * job.Done / job.Total) : null,
            Detail = job.Total > 0 ? text["{0:N0} of {1:N0} rows", job.Done, job.Total] : text["Reading the file"],
            StopHref = $"{address}?handler=stop",
        };
    }

    public static bool IsAsked(HttpRequest request) => request.Headers["HX-Request"] == "true";

    /// <summary>To the progress bar: itself again, or the way to the page that shows what came of it.</summary>
    public static IActionResult Answer(PageModel page, JobProgress? progress)
    {
        page.Response.Headers.Vary = "HX-Request";
        if (progress is not null) return page.Partial("_JobProgress", progress);
        page.Response.Headers["HX-Redirect"] = page.Request.PathBase + page.Request.Path.Value;
        return new NoContentResult();
    }

    public async Task<string?> FailureAsync(ImportExport.Imports.Import import, CancellationToken cancel) =>
        import.JobId is { } id && await jobs.FindAsync(id, cancel) is { State: Jobs.JobState.Failed } job ? JobError.Text(job.Error, text) : null;

    public async Task<ImportFindings> FindingsAsync(ImportExport.Imports.Import import, CancellationToken cancel) =>
        new(import.Id, await GroupsAsync(import, warnings: false, cancel), await GroupsAsync(import, warnings: true, cancel));

    /// <summary>Words of the file that are no choice of their field, the most frequent first.</summary>
    public async Task<IReadOnlyList<UnknownValue>> UnknownValuesAsync(OpenImport draft, CancellationToken cancel)
    {
        var fields = draft.Plan.Columns.SelectMany(c => c.Fields.Select(f => (c.Header, Field: draft.Type.Find(f)))).Where(c => c.Field?.HasChoices == true).DistinctBy(c => c.Header).ToDictionary(c => c.Header, c => c.Field!);
        var findings = await workshop.Findings(draft.Import.Id, warnings: false).Where(f => f.Key == ChoiceLabels.UnknownKey).Take(MostFindings).ToListAsync(cancel);
        return [.. findings.Where(f => fields.ContainsKey(f.Header)).GroupBy(f => (f.Header, Written: f.FirstArgument))
            .OrderByDescending(g => g.Count()).Take(MostGroups).Select(g => new UnknownValue(fields[g.Key.Header], g.Key.Header, g.Key.Written, g.Count()))];
    }

    async Task<IReadOnlyList<FindingGroup>> GroupsAsync(ImportExport.Imports.Import import, bool warnings, CancellationToken cancel)
    {
        var findings = await workshop.Findings(import.Id, warnings).Take(MostFindings).ToListAsync(cancel);
        var closed = workshop.ClosedColumns(import);
        return [.. findings.GroupBy(f => (f.Header, Text: f.Text(text, closed)))
            .Select(g => new FindingGroup(g.Key.Header, g.Key.Text, [.. g.Take(MostLines).Select(f => f.Line)], g.Count()))
            .OrderByDescending(g => g.Count).Take(MostGroups)];
    }
}
