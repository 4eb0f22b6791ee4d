using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Files;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Recipes.Drafts;
using TcCrm.Platform.Recipes.Exports;
using TcCrm.Platform.Recipes.Kept;
using TcCrm.Platform.Recipes.Steps;

namespace TcCrm.Platform.Recipes;

static class RecipesSetup
{
    public static void AddRecipes(this IServiceCollection services) => services
        .AddSingleton(sp => new RecipeCatalogue(Path.Combine(AppContext.BaseDirectory, "recipes"), sp.GetRequiredService<ModuleCatalog>().Assemblies))
        .AddSingleton<PlannedTenant>()
        .AddSingleton<RecipeRunner>()
        .AddSingleton<TenantRecipes>()
        .AddScoped<RecipeExporter>().AddScoped<RecipeDesk>().AddScoped<RecipeFiles>()
        .AddSingleton<TenantFiles>();

    /// <summary>The steps of the platform itself and what it writes of them: they count in every tenant.</summary>
    public static IReadOnlyList<Contribution> Steps(IServiceCollection services)
    {
        var steps = new List<Contribution>();
        new Contributions(services, [], steps)
            .Add<IRecipeStep, FeatureStep>()
            .Add<IRecipeStep, ThemesStep>()
            .Add<IRecipeStep, SettingsStep>()
            .Add<IRecipeStep, CustomSettingsStep>()
            .Add<IRecipeStep, RolesStep>()
            .Add<IRecipeStep, UsersStep>()
            .Add<IRecipeStep, MediaStep>()
            .Add<IRecipeStep, NumberingStep>()
            .Add<IRecipeStep, RecordsStep>()
            .Add<IRecipeStep, ViewsStep>()
            .Add<IRecipeStep, TranslationsStep>()
            .Add<IRecipeStep, WorkflowTypeStep>()
            .Add<IRecipeStep, QueriesStep>()
            .Add<IRecipeExport, FeaturesExport>()
            .Add<IRecipeExport, SettingsExport>()
            .Add<IRecipeExport, RolesExport>()
            .Add<IRecipeExport, UsersExport>()
            .Add<IRecipeExport, RecordsExport>()
            .Add<IRecipeExport, ListsExport>()
            .Add<IRecipeExport, TranslationsExport>()
            .Add<IRecipeExport, KeptDefinitionsExport>()
            .Add<IRecipeExport, KeptStepsExport>()
            .Add<IJobHandler, RunRecipe>()
            .Add<IPeriodicJob, RemoveOldRecipes>()
            .Add<IErasesPersonalData, RecipesAboutPeople>();
        return steps;
    }
}
