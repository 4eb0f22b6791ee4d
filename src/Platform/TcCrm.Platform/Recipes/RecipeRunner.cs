using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes;

/// <summary>What checking or running a recipe has found. Nothing was changed unless it <see cref="Succeeded"/>.</summary>
public sealed record RecipeReport
{
    /// <summary>Recipe by recipe, each from its top to its end.</summary>
    public RecipeReport(IEnumerable<RecipeProblem> problems) => Problems = [.. problems.GroupBy(p => p.Recipe).SelectMany(g => g.OrderBy(p => p.Line))];

    public IReadOnlyList<RecipeProblem> Problems { get; }
    public bool Succeeded => Problems.All(p => p.IsWarning);
}

/// <summary>
/// Checks all steps first; then the migrations of the features that the recipe switches on (they may stay); then all steps in one transaction.
/// The caller holds the tenant's administration lock and drops its snapshot afterwards.
/// </summary>
public sealed class RecipeRunner(PlannedTenant planner, TenantScopes scopes, TenantDatabases databases, TenantUpgrade upgrade, ILogger<RecipeRunner> log)
{
    public async Task<RecipeReport> CheckAsync(TenantSnapshot tenant, RecipeSet recipe, CancellationToken cancel)
    {
        var found = await scopes.RunAsync(planner.After(recipe, tenant), async scope =>
        {
            var run = new RecipeRun(recipe, scope);
            await run.CheckAsync(cancel);
            return run.Problems;
        });
        return new(recipe.Problems.Concat(found));
    }

    public Task<RecipeReport> RunAsync(TenantSnapshot tenant, RecipeSet recipe, CancellationToken cancel) => RunAsync(tenant, recipe, null, cancel);

    /// <param name="before">Told the name of each step ahead of it.</param>
    public async Task<RecipeReport> RunAsync(TenantSnapshot tenant, RecipeSet recipe, Action<string>? before, CancellationToken cancel)
    {
        var check = await CheckAsync(tenant, recipe, cancel);
        if (!check.Succeeded) return check;
        var planned = planner.After(recipe, tenant);
        await MigrateAsync(planned, cancel);
        var found = await scopes.RunAsync(planned, scope => RunAsync(recipe, scope, before, cancel));
        log.LogInformation("Recipe {Recipe} ran in tenant {Tenant}: {Errors} errors, {Warnings} warnings", recipe.Name, tenant.Tenant.Name, found.Count(p => !p.IsWarning), check.Problems.Count);
        return new(check.Problems.Concat(found));
    }

    /// <summary>Features that were once on count for the schema's stamp too.</summary>
    async Task MigrateAsync(TenantSnapshot planned, CancellationToken cancel)
    {
        var once = await scopes.RunAsync(planned, scope => scope.GetRequiredService<CrmDbContext>().Set<FeatureRow>().Select(f => f.Id).ToListAsync(cancel));
        if (planned.Features.IsSubsetOf(once)) return;
        await upgrade.MigrateAsync(databases.EngineOf(planned.Tenant), planned.Tenant.Store, [.. planned.Features.Union(once)]);
    }

    static async Task<IReadOnlyList<RecipeProblem>> RunAsync(RecipeSet recipe, IServiceProvider scope, Action<string>? before, CancellationToken cancel)
    {
        var run = new RecipeRun(recipe, scope);
        var db = scope.GetRequiredService<CrmDbContext>();
        try
        {
            await using var write = await db.BeginWriteAsync(cancel);
            await run.RunAsync(before ?? (_ => { }), () => SaveAsync(db, cancel), cancel);
            if (run.HasErrors) return GiveUp(run);
            await KeepAsync(db, run, cancel);
            db.Add(new AuditEntry { At = scope.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, UserId = db.UserId, Action = "RanRecipe", Details = AuditOf(recipe) });
            await db.SaveChangesAsync(cancel);
            await write.CommitAsync(cancel);
        }
        catch
        {
            run.RolledBack();
            throw;
        }
        run.Committed();
        return run.Problems;
    }

    static IReadOnlyList<RecipeProblem> GiveUp(RecipeRun run)
    {
        run.RolledBack();
        return run.Problems;
    }

    static async Task SaveAsync(CrmDbContext db, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>What an earlier run has kept and this one has run is no longer kept: an export would give back both.</summary>
    static async Task KeepAsync(CrmDbContext db, RecipeRun run, CancellationToken cancel)
    {
        foreach (var (recipe, steps) in run.Ran.GroupBy(s => s.File.Header.Name).Select(g => (g.Key, g.Select(s => s.Entry.Path).ToList())))
            await db.Set<KeptStep>().Where(s => s.Recipe == recipe && steps.Contains(s.Place)).ExecuteDeleteAsync(cancel);
        foreach (var (file, entry) in run.Kept)
        {
            var (name, json, variables) = (file.Header.Name, SettingRows.Text(entry.Written), SettingRows.Text(file.Variables));
            if (await db.Set<KeptStep>().FirstOrDefaultAsync(s => s.Recipe == name && s.Place == entry.Path, cancel) is not { } kept) db.Add(new KeptStep { Recipe = name, Place = entry.Path, Json = json, Variables = variables });
            else (kept.Json, kept.Variables) = (json, variables);
        }
    }

    static string AuditOf(RecipeSet recipe) => SettingRows.Text(new System.Text.Json.Nodes.JsonObject { ["Recipe"] = recipe.Name });
}
