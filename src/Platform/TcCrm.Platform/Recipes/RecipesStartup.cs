using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Files;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Recipes.Steps;

namespace TcCrm.Platform.Recipes;

public sealed class RecipesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services
        .AddSingleton(sp => new RecipeCatalogue(Path.Combine(AppContext.BaseDirectory, "recipes"), sp.GetRequiredService<ModuleCatalog>().Assemblies))
        .AddSingleton<PlannedTenant>()
        .AddSingleton<RecipeRunner>()
        .AddSingleton<TenantRecipes>()
        .AddSingleton<TenantFiles>();

    public override void Contribute(Contributions contributions) => contributions
        .Add<IRecipeStep, FeatureStep>()
        .Add<IRecipeStep, ThemesStep>()
        .Add<IRecipeStep, SettingsStep>()
        .Add<IRecipeStep, CustomSettingsStep>()
        .Add<IRecipeStep, RolesStep>()
        .Add<IRecipeStep, UsersStep>()
        .Add<IRecipeStep, MediaStep>()
        .Add<IRecipeStep, NumberingStep>()
        .Add<IRecipeStep, RecordsStep>()
        .Add<IRecipeStep, ViewsStep>();
}
