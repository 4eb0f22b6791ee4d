using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes;

/// <summary>A recipe that was refused; nothing of it was done.</summary>
public sealed class RecipeRefusedException(RecipeReport report) : Exception("The recipe has problems.")
{
    public RecipeReport Report { get; } = report;
}

/// <summary>Recipes for the doors: command line, administration pages, set-up.</summary>
public sealed class TenantRecipes(RecipeCatalogue catalogue, RecipeRunner runner, TenantScopes scopes, IConfiguration configuration, IServiceProvider services)
{
    public async Task<RecipeReport> CheckAsync(string tenantName, RecipeFile recipe, CancellationToken cancel)
    {
        var tenant = await SnapshotAsync(tenantName, cancel);
        return await runner.CheckAsync(tenant, await LoadAsync(tenant, recipe, null, cancel), cancel);
    }

    /// <summary>For a tenant that is not there yet: against what is installed, with the first administrator alone.</summary>
    public Task<RecipeReport> CheckForNewAsync(RecipeFile recipe, CancellationToken cancel)
    {
        var none = SnapshotCache.Bare(new("new", services.GetRequiredService<HostDatabase>().Engine.Name, TenantState.Uninitialized));
        return runner.CheckAsync(none, RecipeSet.Load(recipe, catalogue, RecipeValues.ForCheck(configuration)), cancel);
    }

    /// <summary>On a running tenant, under its administration lock.</summary>
    public async Task<RecipeReport> RunAsync(string tenantName, RecipeFile recipe, CancellationToken cancel)
    {
        await using var held = await services.GetRequiredService<AdministrationLocks>().TakeAsync(tenantName, "recipe", cancel);
        var tenant = await SnapshotAsync(tenantName, cancel);
        var report = await runner.RunAsync(tenant, await LoadAsync(tenant, recipe, null, cancel), cancel);
        if (!report.Succeeded) return report;
        await services.GetRequiredService<TenantRegistry>().TouchAsync(tenantName, CancellationToken.None);
        return report;
    }

    /// <summary>While a tenant is set up: its lock is held already and nobody has a snapshot of it yet.</summary>
    /// <param name="parameters">What <c>parameters('…')</c> gives: AdminUserId, AdminUsername, AdminEmail, SiteName.</param>
    /// <param name="before">Told the name of each step ahead of it.</param>
    /// <exception cref="RecipeRefusedException">The recipe has problems; the set-up must not go on.</exception>
    public async Task<RecipeReport> SetUpAsync(TenantSnapshot tenant, RecipeFile recipe, IReadOnlyDictionary<string, string> parameters, Action<string>? before, CancellationToken cancel)
    {
        var report = await runner.RunAsync(tenant, await LoadAsync(tenant, recipe, parameters, cancel), before, cancel);
        return report.Succeeded ? report : throw new RecipeRefusedException(report);
    }

    Task<TenantSnapshot> SnapshotAsync(string tenantName, CancellationToken cancel) =>
        scopes.RunAsync(tenantName, scope => Task.FromResult(scope.GetRequiredService<TenantContext>().Snapshot), cancel);

    async Task<RecipeSet> LoadAsync(TenantSnapshot tenant, RecipeFile recipe, IReadOnlyDictionary<string, string>? parameters, CancellationToken cancel) =>
        RecipeSet.Load(recipe, catalogue, new(parameters ?? await ParametersAsync(tenant, cancel), configuration));

    /// <summary>As at set-up, with the first administrator.</summary>
    Task<Dictionary<string, string>> ParametersAsync(TenantSnapshot tenant, CancellationToken cancel) => scopes.RunAsync(tenant, async scope =>
    {
        var db = scope.GetRequiredService<CrmDbContext>();
        var administrator = await (from user in db.Users
                                   join held in db.UserRoles on user.Id equals held.UserId
                                   join role in db.Roles on held.RoleId equals role.Id
                                   where role.Name == CrmRole.Administrator
                                   orderby user.Id
                                   select user).AsNoTracking().FirstOrDefaultAsync(cancel);
        return ParametersOf(tenant, administrator);
    });

    public static Dictionary<string, string> ParametersOf(TenantSnapshot tenant, CrmUser? administrator) => new()
    {
        ["AdminUserId"] = administrator is null ? "" : ContentIds.Of(administrator.Id),
        ["AdminUsername"] = administrator?.UserName ?? "",
        ["AdminEmail"] = administrator?.Email ?? "",
        ["SiteName"] = tenant.Settings.SiteName,
        ["DatabaseProvider"] = tenant.Tenant.Engine,
        ["DatabaseTablePrefix"] = "",
    };
}
