using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Recipes.Exports;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Recipes;

/// <summary>What a company calls things, brought by the step <c>Translations</c>.</summary>
[Collection(nameof(RecipeTenants))]
public sealed class TranslationsTests(RecipeTenants tenants)
{
    [Fact]
    public async Task A_companys_own_words_stand_in_place_of_the_products_and_in_no_other_company()
    {
        var (own, other) = (await tenants.NewAsync("sqlite", "TcCrm.Customers"), await tenants.NewAsync("sqlite", "TcCrm.Customers"));
        await own.SucceedAsync("""{ "name": "Translations", "translations": [{ "culture": "en", "context": "", "key": "customers.customer.plural", "value": "Guests" }, { "culture": "zh-CN", "key": "customers.customer.plural", "value": "宾客" }, { "culture": "en", "key": "New {0}", "value": "Another {0}" }] }""");
        await own.SucceedAsync("""{ "name": "translations", "translations": [{ "culture": "en", "context": "", "key": "customers.customer.plural", "value": "Members" }] }""");
        foreach (var tenant in new[] { own, other }) await tenant.Host.AddUserAsync(tenant.Name, "boss");
        using var mine = await own.Host.BrowserAsync(own.Name, "boss");
        using var theirs = await other.Host.BrowserAsync(other.Name, "boss");
        var page = await mine.PageAsync("customers/customer");
        Assert.Contains("<h1 class=\"vh\">Members</h1>", page);
        Assert.Contains("Another customer", page);
        Assert.Contains("<h1 class=\"vh\">Customers</h1>", await theirs.PageAsync("customers/customer"));
    }

    [Theory]
    [InlineData("""{ "culture": "en", "key": "New {0}", "value": "New {1}" }""", "{1}")]
    [InlineData("""{ "culture": "en", "key": "New {0}", "value": "New {0" }""", "{")]
    [InlineData("""{ "culture": "en", "key": "Save", "value": "{0}" }""", "{0}")]
    public async Task A_text_that_would_break_is_refused(string entry, string said)
    {
        var tenant = await tenants.NewAsync("sqlite");
        var report = await tenant.RunAsync($$"""{ "name": "Translations", "translations": [{{entry}}] }""");
        Assert.Equal(said, Assert.Single(report.Problems, p => !p.IsWarning).Args[0]);
    }

    [Fact]
    public async Task They_do_not_come_in_unchecked_as_a_setting()
    {
        var tenant = await tenants.NewAsync("sqlite");
        Assert.Equal("'{0}' has a step of its own.", Assert.Single((await tenant.RunAsync("""{ "name": "settings", "Translations": [{ "culture": 1 }] }""")).Problems).Key);
    }

    [Fact]
    public async Task Other_languages_are_kept_and_all_are_exported_as_their_own_step()
    {
        var tenant = await tenants.NewAsync("sqlite");
        var report = await tenant.RunAsync("""{ "name": "Translations", "translations": [{ "culture": "fr", "context": "menu", "key": "Save", "value": "Enregistrer" }] }""");
        Assert.True(report.Succeeded && Assert.Single(report.Problems).IsWarning);
        using var stream = new MemoryStream();
        await tenant.Host.InAsync(tenant.Name, scope => scope.GetRequiredService<RecipeExporter>().WriteAsync(null, stream, default));
        var steps = JsonNode.Parse(stream.ToArray())!["steps"]!.AsArray();
        Assert.Equal("""[{"culture":"fr","context":"menu","key":"Save","value":"Enregistrer"}]""", steps.Single(s => (string)s!["name"]! == "Translations")!["translations"]!.ToJsonString());
        Assert.Null(steps.Single(s => (string)s!["name"]! == "settings")!["Translations"]);
    }
}
