using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Recipes;

namespace TcCrm.Tests.Recipes;

[Collection(nameof(RecipeTenants))]
public sealed class ShippedRecipesTests(RecipeTenants tenants)
{
    static readonly string[] Shipped = ["blank", "dealer-network", "demo", "retail-chain", "service-centre"];

    public static TheoryData<string> Names => [.. Shipped];

    [Theory, MemberData(nameof(Names))]
    public async Task Sets_a_tenant_up_without_a_warning_and_runs_again(string name)
    {
        var tenant = await tenants.NewAsync("sqlite", "TcCrm.StaffTheme");
        Assert.Empty((await tenant.Recipes.RunAsync(tenant.Name, tenant.Catalogue.Find(name)!, default)).Problems);
        var once = await tenant.ContentAsync();
        Assert.Empty((await tenant.Recipes.RunAsync(tenant.Name, tenant.Catalogue.Find(name)!, default)).Problems);
        Assert.Equal(once, await tenant.ContentAsync());
    }

    [Fact]
    public async Task The_demo_has_300_customers_on_PostgreSQL_too()
    {
        var tenant = await tenants.NewAsync("postgres", "TcCrm.StaffTheme");
        Assert.Empty((await tenant.Recipes.RunAsync(tenant.Name, tenant.Catalogue.Find("demo")!, default)).Problems);
        Assert.Equal(300, await tenant.ReadAsync(db => db.Set<Customer>().CountAsync()));
    }

    [Fact]
    public async Task All_are_offered_at_set_up()
    {
        var catalogue = (await tenants.NewAsync("sqlite")).Catalogue;
        Assert.Equal(Shipped, catalogue.All.Where(r => r.Header.IsSetupRecipe).Select(r => r.Header.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_text_they_show_has_a_Chinese_translation()
    {
        var tenant = await tenants.NewAsync("sqlite");
        var text = tenant.Host.Services.GetRequiredService<IText>();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

        Assert.DoesNotContain(tenant.Catalogue.All.SelectMany(TextsOf).Distinct(), key => text[key] == key);
    }

    static IEnumerable<string> TextsOf(RecipeFile recipe) =>
        recipe.Steps.SelectMany(step => step.Name switch
        {
            "Roles" => Texts(step.Body["Roles"], "Name").Concat(Texts(step.Body["Roles"], "Description")),
            "views" => Texts(step.Body["Views"], "Name"),
            _ => [],
        }).Append(recipe.Header.DisplayName).Append(recipe.Header.Description);

    static IEnumerable<string> Texts(JsonNode? list, string key) => list!.AsArray().Select(entry => (string)entry![key]!);
}
