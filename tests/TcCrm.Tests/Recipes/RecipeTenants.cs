using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Recipes;

namespace TcCrm.Tests.Recipes;

[CollectionDefinition(nameof(RecipeTenants))]
public sealed class RecipeTenantsCollection : ICollectionFixture<RecipeTenants>;

/// <summary>One host per engine for all tests of recipes, and a fresh tenant for each of them.</summary>
public sealed class RecipeTenants : IAsyncLifetime
{
    readonly Dictionary<string, TestHost> _hosts = [];
    int _count;

    public async Task<RecipeTenant> NewAsync(string engine, params string[] features)
    {
        if (!_hosts.TryGetValue(engine, out var host)) _hosts.Add(engine, host = await TestHost.StartAsync(engine));
        var name = $"recipe-{_count++}";
        await host.CreateTenantAsync(name, features);
        return new(host, name);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values) await host.DisposeAsync();
    }
}

public sealed record RecipeTenant(TestHost Host, string Name)
{
    public TenantRecipes Recipes => Host.Services.GetRequiredService<TenantRecipes>();
    public RecipeCatalogue Catalogue => Host.Services.GetRequiredService<RecipeCatalogue>();

    public Task<RecipeReport> CheckAsync(string steps, IFileProvider? files = null) => Recipes.CheckAsync(Name, Recipe(steps, files), default);

    public Task<RecipeReport> RunAsync(string steps, IFileProvider? files = null) => Recipes.RunAsync(Name, Recipe(steps, files), default);

    public async Task SucceedAsync(string steps, IFileProvider? files = null) => Assert.Empty((await RunAsync(steps, files)).Problems);

    public Task<T> ReadAsync<T>(Func<CrmDbContext, Task<T>> read) => Host.InAsync(Name, scope => read(scope.GetRequiredService<CrmDbContext>()));

    /// <summary>All rows of the tenant as text, but what works in the background, the audit's line that a recipe ran and the stamp of the schema. What belongs to features that are off is left out: they may have no table.</summary>
    public Task<string> ContentAsync() => ReadAsync(async db =>
    {
        bool IsOn(Type type) => type.IsAssignableTo(typeof(Record)) ? db.Snapshot.RecordTypes.Values.Any(t => t.Class == type) : Host.Services.GetRequiredService<ModuleCatalog>().FeatureOf(type) is not { } feature || db.Snapshot.Features.Contains(feature);
        var lines = new List<string>();
        foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null && e.ClrType != typeof(OutboxEntry) && e.ClrType != typeof(Job) && IsOn(e.ClrType)).OrderBy(e => e.Name, StringComparer.Ordinal))
            foreach (var row in await ((IQueryable<object>)db.GetType().GetMethod(nameof(db.Set), 1, [])!.MakeGenericMethod(entity.ClrType).Invoke(db, null)!).AsNoTracking().ToListAsync())
                if (row is not AuditEntry { Action: "RanRecipe" } and not SettingRow { Key: "SchemaStamp" })
                    lines.Add($"{entity.ShortName()} {string.Join('|', entity.GetProperties().Select(p => db.Entry(row).Property(p).CurrentValue is var value && value is List<string> list ? string.Join(',', list) : value))}");
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    });

    static RecipeFile Recipe(string steps, IFileProvider? files) =>
        RecipeFile.Read("test", Encoding.UTF8.GetBytes($$"""{ "name": "test", "steps": [ {{steps}} ] }"""), files ?? new NullFileProvider());
}
