using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes.Drafts;

/// <summary>Runs a recipe that somebody has looked at. Done again after a failure it changes nothing more: recipes are made so.</summary>
public sealed class RunRecipe(CrmDbContext db, RecipeDesk desk, TenantRecipes recipes, Access access, TimeProvider time) : IJobHandler
{
    public const string JobKind = "recipe.run";

    public sealed record Wanted(Guid DraftId);

    public string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var id = run.Arguments<Wanted>().DraftId;
        if (!access.May(PlatformPermissions.RunRecipes)) throw new BusinessRuleException("You may not run recipes.");
        if (await desk.FindAsync(id, cancel) is not { } draft || desk.Open(draft) is not { } file) throw new BusinessRuleException("The recipe is no longer kept. Bring it again.");
        var report = await recipes.RunAsync(db.Snapshot.Tenant.Name, file, cancel);
        var (now, problems) = (Moments.Now(time), KeptProblem.Write(report.Problems));
        await db.WriteAsync(() => db.Set<RecipeDraft>().Where(d => d.Id == id).ExecuteUpdateAsync(s => s
            .SetProperty(d => d.RanAt, now).SetProperty(d => d.HasRun, report.Succeeded).SetProperty(d => d.Problems, problems), cancel), cancel);
        if (report.Succeeded) desk.Forget(draft);
    }
}

/// <summary>A problem as it is kept: its text is made when somebody reads it, in their language.</summary>
sealed record KeptProblem(string Recipe, string Path, int Line, string Key, IReadOnlyList<string> Args, bool IsWarning)
{
    public static string Write(IEnumerable<RecipeProblem> problems) =>
        JsonSerializer.Serialize(problems.Select(p => new KeptProblem(p.Recipe, p.Path, p.Line, p.Key, [.. p.Args.Select(a => a?.ToString() ?? "")], p.IsWarning)), JsonSerializerOptions.Web);

    public static IReadOnlyList<RecipeProblem> Read(string json) =>
        [.. JsonSerializer.Deserialize<KeptProblem[]>(json, JsonSerializerOptions.Web)!.Select(p => new RecipeProblem(p.Path, p.Line, p.Key, [.. p.Args]) { Recipe = p.Recipe, IsWarning = p.IsWarning })];
}
