using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary><c>{ "name": "feature", "enable": ["…"], "disable": ["…"] }</c>. What a feature depends on is switched on with it.</summary>
public sealed class FeatureStep(CrmDbContext db, TenantContext tenant, ModuleCatalog modules) : IRecipeStep
{
    public string Name => "feature";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        if (step.Read<FeatureBody>() is not { } body) return Task.CompletedTask;
        for (var i = 0; i < (body.Enable?.Count ?? 0); i++) CheckEnable(step, $"enable[{i}]", body.Enable![i]);
        for (var i = 0; i < (body.Disable?.Count ?? 0); i++) CheckDisable(step, $"disable[{i}]", body.Disable![i]);
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        if (step.Read<FeatureBody>() is not { } body) return;
        var rows = await db.Set<FeatureRow>().ToDictionaryAsync(r => r.Id, StringComparer.OrdinalIgnoreCase, cancel);
        var before = rows.Values.Where(r => r.IsEnabled).Select(r => r.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var after = body.ApplyTo(before, modules);
        foreach (var row in rows.Values) row.IsEnabled = after.Contains(row.Id);
        db.AddRange(after.Where(id => !rows.ContainsKey(id)).Select(id => new FeatureRow { Id = id, IsEnabled = true }));
    }

    void CheckEnable(RecipeStepContext step, string at, string id)
    {
        if (modules.Find(id) is not { } feature) step.Warn(at, "The feature '{0}' is not installed here.", id);
        else if (feature.DefaultTenantOnly && !tenant.Snapshot.Tenant.IsDefault) step.Problem(at, "The feature '{0}' is for the default tenant only.", id);
    }

    void CheckDisable(RecipeStepContext step, string at, string id)
    {
        var blockedBy = modules.BlockedBy(id, tenant.Snapshot.Features).Select(f => f.Id).ToList();
        if (modules.Find(id) is not { } feature) step.Warn(at, "The feature '{0}' is not installed here.", id);
        else if (feature.IsAlwaysEnabled) step.Problem(at, "The feature '{0}' is always on.", id);
        else if (blockedBy.Count > 0) step.Problem(at, "The feature '{0}' is needed by {1}.", id, string.Join(", ", blockedBy));
    }
}
