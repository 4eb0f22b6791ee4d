using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Recipes.Drafts;

namespace TcCrm.Tests.Recipes;

[Collection(nameof(RecipeTenants))]
public sealed class RecipeDeskTests(RecipeTenants tenants)
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_recipe_that_was_looked_at_runs_once_and_its_text_is_not_kept(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        var draft = await BringAsync(tenant, """{ "name": "r", "steps": [{ "name": "Roles", "Roles": [{ "Name": "Clerk" }] }] }""");

        await Task.WhenAll(StartAsync(tenant, draft), StartAsync(tenant, draft)); // a double click
        var ran = await OverAsync(tenant, draft);

        Assert.True(ran.HasRun);
        Assert.False(await IsKeptAsync(tenant, ran));
        Assert.Equal(1, await tenant.ReadAsync(db => db.Set<Platform.Jobs.Job>().CountAsync(j => j.Kind == RunRecipe.JobKind)));
        Assert.Equal(1, await tenant.ReadAsync(db => db.Roles.CountAsync(r => r.Name == "Clerk")));
    }

    [Fact]
    public async Task A_refused_recipe_keeps_its_problems_and_its_text()
    {
        var tenant = await tenants.NewAsync("sqlite");
        var draft = await BringAsync(tenant, """{ "name": "r", "steps": [{ "name": "teleport" }] }""");

        await StartAsync(tenant, draft);
        var ran = await OverAsync(tenant, draft);

        Assert.False(ran.HasRun);
        Assert.Contains("teleport", ran.Problems, StringComparison.Ordinal);
        Assert.True(await IsKeptAsync(tenant, ran));
    }

    static Task<Guid> BringAsync(RecipeTenant tenant, string json) =>
        tenant.Host.InAsync(tenant.Name, async scope => (await scope.GetRequiredService<RecipeDesk>().BringAsync("r.recipe.json", new MemoryStream(Encoding.UTF8.GetBytes(json)), default)).Id);

    static Task<bool> IsKeptAsync(RecipeTenant tenant, RecipeDraft draft) => tenant.Host.InAsync(tenant.Name, scope => Task.FromResult(scope.GetRequiredService<RecipeDesk>().Open(draft) is not null));

    static Task StartAsync(RecipeTenant tenant, Guid draft) => tenant.Host.InAsync(tenant.Name, scope => scope.GetRequiredService<RecipeDesk>().StartAsync(draft, default));

    static async Task<RecipeDraft> OverAsync(RecipeTenant tenant, Guid id)
    {
        for (var waited = 0; waited < 600; waited++)
        {
            if (await tenant.ReadAsync(db => db.Set<RecipeDraft>().AsNoTracking().SingleAsync(d => d.Id == id)) is { RanAt: not null } ran) return ran;
            await Task.Delay(100);
        }
        throw new TimeoutException("The recipe has not run within a minute.");
    }
}
