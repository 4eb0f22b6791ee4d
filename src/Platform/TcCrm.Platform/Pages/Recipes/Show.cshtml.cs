using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Recipes.Drafts;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;
using JobState = TcCrm.Ui.JobState;

namespace TcCrm.Platform.Pages.Recipes;

/// <param name="Count">Entries of the step's list; null when it has none.</param>
public sealed record StepLine(string Name, int Line, int? Count);

/// <summary>What a recipe would do, how far it is, what it has done.</summary>
[Permission(PlatformPermissions.RunRecipes)]
public sealed class ShowModel(RecipeDesk desk, JobQueue jobs, ModuleCatalog modules, TenantContext tenant, IText text) : PageModel
{
    public RecipeDraft Draft { get; private set; } = null!;
    public RecipeReport Report { get; private set; } = null!;
    public IReadOnlyList<StepLine> Steps { get; private set; } = [];
    /// <summary>Names of the features that it would switch on.</summary>
    public IReadOnlyList<string> Features { get; private set; } = [];
    public JobProgress? Progress { get; private set; }
    public string? Failure { get; private set; }
    public bool IsKept { get; private set; }
    public bool IsStarted => Draft.JobId is not null;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await desk.FindAsync(id, cancel) is not { } draft) return NotFound();
        Draft = draft;
        if (draft.JobId is { } job) await WatchAsync(job, cancel);
        if (Import.ImportWatch.IsAsked(Request)) return Import.ImportWatch.Answer(this, Progress);
        if (desk.Open(draft) is { } file) await ReadAsync(file, cancel);
        else Report = new(KeptProblem.Read(draft.Problems));
        return Page();
    }

    public async Task<IActionResult> OnPostRunAsync(Guid id, CancellationToken cancel)
    {
        if (await desk.FindAsync(id, cancel) is null) return NotFound();
        await desk.StartAsync(id, cancel);
        return Redirect($"~/recipes/{id}");
    }

    async Task WatchAsync(Guid id, CancellationToken cancel)
    {
        var job = await jobs.FindAsync(id, cancel);
        if (job is { IsOver: false }) Progress = new("recipe-job", text["Running {0}", text[Draft.DisplayName]], job.State == Jobs.JobState.Running ? JobState.Running : JobState.Waiting, $"~/recipes/{Draft.Id}");
        else if (job is { State: Jobs.JobState.Failed }) Failure = JobError.Text(job.Error, text);
        if (Progress is null && await desk.FindAsync(Draft.Id, cancel) is { } ended) Draft = ended;
    }

    async Task ReadAsync(RecipeFile file, CancellationToken cancel)
    {
        IsKept = true;
        Steps = [.. file.Steps.Select(s => new StepLine(s.Name, file.LineOf(s.Path), s.Count))];
        Features = FeaturesOf(file);
        Report = IsStarted ? new(KeptProblem.Read(Draft.Problems)) : await desk.CheckAsync(file, cancel);
    }

    List<string> FeaturesOf(RecipeFile file)
    {
        var named = file.Steps.Where(s => s.Name.Equals("feature", StringComparison.OrdinalIgnoreCase)).SelectMany(s => s.Body)
            .Where(p => p.Key.Equals("enable", StringComparison.OrdinalIgnoreCase)).SelectMany(p => p.Value as System.Text.Json.Nodes.JsonArray ?? []).Select(n => n?.ToString() ?? "");
        return [.. modules.WithDependencies(named.Where(id => modules.Find(id) is not null)).Except(tenant.Snapshot.Features).Select(id => text[modules.Find(id)!.Name])];
    }
}
