using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Recipes;

namespace TcCrm.Platform.Tenants;

/// <summary>Puts into a fresh tenant what makes it usable: settings, roles, the first administrator, the recipe, demo data.</summary>
public sealed class TenantFilling(TenantRecipes runner, RecipeCatalogue recipes, SnapshotCache snapshots, TenantScopes scopes, IDataProtectionProvider protection)
{
    const int DemoRecords = 200;

    public async Task RunAsync(IServiceProvider inside, TenantWish wish, string title, Action<SetupStep>? progress, CancellationToken cancel)
    {
        var tenant = inside.GetRequiredService<TenantContext>().Snapshot.Tenant;
        protection.CreateProtector("set-up").Protect([]); // the first key is made here, once, and not by two nodes at a time
        await WriteSettingsAsync(inside.GetRequiredService<CrmDbContext>(), wish, title, cancel);
        progress?.Invoke(new(SetupPhase.Administrator, "Creating the administrator"));
        var administrator = await InsideAsync(tenant, scope => FirstUsers.CreateAsync(scope, wish, cancel));
        if (!wish.IsDefault) await RunRecipeAsync(tenant, wish, administrator, progress, cancel);
        await InsideAsync(tenant, async scope =>
        {
            await WriteSettingsAsync(scope.GetRequiredService<CrmDbContext>(), wish, title, cancel);
            await FirstUsers.CreateStaffRoleAsync(scope, wish, cancel);
            if (wish.Reveal is not null) await FirstUsers.GivePasswordsAsync(scope, wish, cancel);
            return true;
        });
        if (wish.WithDemoData) await AddDemoDataAsync(tenant, progress, cancel);
    }

    async Task RunRecipeAsync(Tenant tenant, TenantWish wish, CrmUser administrator, Action<SetupStep>? progress, CancellationToken cancel)
    {
        var recipe = recipes.FindOrOpen(wish.Recipe)!;
        progress?.Invoke(new(SetupPhase.Recipe, "Running the recipe {0}", recipe.Header.Name));
        var snapshot = await snapshots.BuildAsync(tenant);
        await runner.SetUpAsync(snapshot, recipe, TenantRecipes.ParametersOf(snapshot, administrator), step => progress?.Invoke(new(SetupPhase.Recipe, "Running step '{0}'", step)), cancel);
    }

    /// <summary>A small recipe of its own, over every type that can invent records.</summary>
    async Task AddDemoDataAsync(Tenant tenant, Action<SetupStep>? progress, CancellationToken cancel)
    {
        progress?.Invoke(new(SetupPhase.DemoData, "Filling in demo data"));
        var snapshot = await snapshots.BuildAsync(tenant);
        var types = await scopes.RunAsync(snapshot, scope => Task.FromResult(scope.GetRequiredService<ITenantCatalogue>().Of<IDemoRecords>().Select(d => d.RecordType).ToList()));
        var steps = new JsonArray([.. types.Select(type => new JsonObject { ["name"] = "records", ["Type"] = type, ["Demo"] = new JsonObject { ["Count"] = DemoRecords, ["Seed"] = 1 } })]);
        var recipe = RecipeFile.Read("demo-data", Encoding.UTF8.GetBytes(new JsonObject { ["name"] = "demo-data", ["steps"] = steps }.ToJsonString()), new NullFileProvider());
        await runner.SetUpAsync(snapshot, recipe, TenantRecipes.ParametersOf(snapshot, null), null, cancel);
    }

    /// <summary>Before the recipe, which may read them, and after it: what somebody chose outbids what a recipe says.</summary>
    static async Task WriteSettingsAsync(CrmDbContext db, TenantWish wish, string title, CancellationToken cancel)
    {
        foreach (var (key, value) in new[] { ("SiteName", title), ("Language", wish.Language), ("TimeZoneId", wish.Zone) })
        {
            var json = JsonValue.Create(value).ToJsonString();
            if (await db.Set<SettingRow>().FindAsync([key], cancel) is { } row) row.Json = json;
            else db.Add(new SettingRow { Key = key, Json = json });
        }
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A scope that sees what has been written so far.</summary>
    async Task<T> InsideAsync<T>(Tenant tenant, Func<IServiceProvider, Task<T>> work) => await scopes.RunAsync(await snapshots.BuildAsync(tenant), work);
}
