using Microsoft.Extensions.Configuration;
using TcCrm.Platform.Recipes;
using Xunit;

namespace TcCrm.Tests.Recipes;

public sealed class RecipeSetTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recipes");

    [Fact]
    public void Runs_named_recipes_right_after_the_step_that_names_them_and_each_once()
    {
        Write("outer", """{ "name": "one" }, { "name": "recipes", "Values": [{ "name": "Inner" }, { "name": "other" }] }, { "name": "last" }""");
        Write("inner", """{ "name": "two" }, { "name": "Recipes", "values": [{ "name": "other" }] }""");
        Write("other", """{ "name": "three" }""");

        var set = Load("outer");

        Assert.Empty(set.Problems);
        Assert.Equal(["one", "two", "three", "last"], set.Steps.Select(s => s.Entry.Name));
    }

    [Fact]
    public void Reports_a_circle_and_a_name_that_is_not_there()
    {
        Write("outer", """{ "name": "recipes", "Values": [{ "name": "inner" }, { "name": "gone" }] }""");
        Write("inner", """{ "name": "recipes", "Values": [{ "name": "outer" }] }, { "name": "recipes", "Values": 1 }""");

        Assert.Equal(
            [("inner.recipe.json", "$.steps[0].Values[0]", "The recipe '{0}' would run itself."),
             ("inner.recipe.json", "$.steps[1].Values", "A list is expected here."),
             ("outer.recipe.json", "$.steps[0].Values[1]", "There is no recipe '{0}'.")],
            Load("outer").Problems.Select(p => (p.Recipe, p.Path, p.Key)));
    }

    [Fact]
    public void Finds_a_recipe_by_name_or_path_and_its_neighbours()
    {
        var elsewhere = Directory.CreateTempSubdirectory("elsewhere");
        Write("near", """{ "name": "recipes", "Values": [{ "name": "beside" }] }""", elsewhere);
        Write("beside", """{ "name": "found" }""", elsewhere);

        Assert.Null(Catalogue().FindOrOpen("near"));
        var near = Catalogue().FindOrOpen(Path.Combine(elsewhere.FullName, "near.recipe.json"))!;
        Assert.Equal(["found"], RecipeSet.Load(near, Catalogue(), Values()).Steps.Select(s => s.Entry.Name));
        elsewhere.Delete(recursive: true);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    void Write(string name, string steps, DirectoryInfo? folder = null) =>
        File.WriteAllText(Path.Combine((folder ?? _folder).FullName, name + RecipeCatalogue.Ending), $$"""{ "name": "{{name}}", "steps": [ {{steps}} ] }""");

    RecipeSet Load(string name) => RecipeSet.Load(Catalogue().Find(name)!, Catalogue(), Values());
    RecipeCatalogue Catalogue() => new(_folder.FullName, []);
    static RecipeValues Values() => RecipeValues.ForCheck(new ConfigurationBuilder().Build());
}
