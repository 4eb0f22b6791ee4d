using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Recipes;

namespace TcCrm.Platform.CommandLine;

static class RecipeVerbs
{
    public static Command Command(VerbHost host) => new("recipe", "Recipes in a tenant")
    {
        One(host, "check", "Say everything that is wrong with a recipe; change nothing", Tenant("The tenant it is for; without, a new one is thought of", isRequired: false),
            (recipes, tenant, file, cancel) => tenant is null ? recipes.CheckForNewAsync(file, cancel) : recipes.CheckAsync(tenant, file, cancel)),
        One(host, "run", "Check a recipe, then run all of it or nothing", Tenant("The tenant it is for", isRequired: true),
            (recipes, tenant, file, cancel) => recipes.RunAsync(tenant!, file, cancel)),
    };

    static Command One(VerbHost host, string verb, string description, Option<string?> tenant, Func<TenantRecipes, string?, RecipeFile, CancellationToken, Task<RecipeReport>> work)
    {
        var recipe = new Argument<string>("RECIPE") { Description = "Name of a recipe, or its file" };
        var command = new Command(verb, description) { recipe, tenant };
        host.SetAction(command, async (parse, services, output, cancel) =>
        {
            var name = parse.GetValue(recipe)!;
            var file = services.GetRequiredService<RecipeCatalogue>().FindOrOpen(name) ?? throw new BusinessRuleException("There is no recipe '{0}'.", null, name);
            output.Report(await work(services.GetRequiredService<TenantRecipes>(), parse.GetValue(tenant), file, cancel));
        });
        return command;
    }

    static Option<string?> Tenant(string description, bool isRequired) => new("--tenant") { Description = description, HelpName = "NAME", Required = isRequired };
}
