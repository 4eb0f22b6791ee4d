using TcCrm.Platform.Recipes;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Setup;

/// <summary>The recipes that a form of a set-up takes: the product's, or a file.</summary>
public sealed class SetupChoices(RecipeCatalogue catalogue, TenantRecipes recipes, BroughtRecipes brought, IText text)
{
    public const int MostMegabytes = 256;
    const int MostProblems = 20;

    public IEnumerable<RecipeHeader> Offered => catalogue.All.Select(r => r.Header).Where(h => h.IsSetupRecipe);

    /// <summary>Keeps the file that came with the form, so that it need not be brought again when something else is wrong.</summary>
    /// <returns>What is wrong with the choice; in a file each with its place.</returns>
    public async Task<IReadOnlyList<RecordProblem>> TakeAsync(TenantForm form, CancellationToken cancel)
    {
        if (form.Brought is { Length: > 0 } file)
        {
            await using var content = file.OpenReadStream();
            (form.Kept, form.Recipe) = (await brought.SaveAsync(file.FileName, content, cancel), null);
        }
        form.File = brought.PathOf(form.Kept);
        if (form.Recipe is { Length: > 0 } name) return catalogue.Find(name) is null ? [new(nameof(TenantForm.Recipe), "There is no recipe '{0}'.", name)] : [];
        if (form.File is null) return [new(nameof(TenantForm.Recipe), "Choose a recipe, or bring a file with one.")];
        var report = await recipes.CheckForNewAsync(catalogue.FindOrOpen(form.File)!, cancel);
        return [.. report.Problems.Where(p => !p.IsWarning).Take(MostProblems).Select(p => new RecordProblem(nameof(TenantForm.Recipe), "{0} At {1}.", p.Message(text), p.Place(text)))];
    }
}
