using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Recipes.Kept;

namespace TcCrm.Tests.Recipes;

[Collection(nameof(RecipeTenants))]
public sealed class RecipeRunnerTests(RecipeTenants tenants)
{
    const string Customers = """{ "name": "records", "Type": "customers.customer", "Match": "ExternalId", "Records": [{ "ExternalId": "1", "Name": "杭州甲" }] }""";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Checks_everything_before_anything_is_changed(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        var before = await tenant.ContentAsync();

        var report = await tenant.RunAsync($$"""
            { "name": "settings", "SiteName": "新名称", "TimeZoneId": "Mars/Base" },
            {{Customers}},
            { "name": "teleport" },
            { "name": "Roles", "Roles": [
              { "Name": "" },
              { "Name": "ok", "Permissions": "all" }] }
            """);

        Assert.False(report.Succeeded);
        Assert.Equal(
            ["$.steps[0]['TimeZoneId']", "$.steps[2]", "$.steps[3].Roles[0].Name", "$.steps[3].Roles[1].Permissions"],
            report.Problems.Select(p => p.Path));
        Assert.Equal(before, await tenant.ContentAsync());
    }

    [Theory]
    [InlineData("\"IsEnabled\": false")]
    [InlineData("\"RoleNames\": []")]
    public async Task Never_takes_the_last_administrator_away(string change)
    {
        var tenant = await tenants.NewAsync("sqlite");
        await tenant.Host.AddUserAsync(tenant.Name, "only");
        var all = await tenant.ReadAsync(db => db.UserRoles.Join(db.Users, m => m.UserId, u => u.Id, (_, u) => u.UserName!).Distinct().ToListAsync());
        var before = await tenant.ContentAsync();

        var report = await tenant.RunAsync($$"""{ "name": "Users", "Users": [{{string.Join(", ", all.Select(name => $$"""{ "UserName": "{{name}}", {{change}} }"""))}}] }""");

        Assert.Contains("last administrator", Assert.Single(report.Problems).Key);
        Assert.Equal(before, await tenant.ContentAsync());
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_step_that_fails_while_it_runs_leaves_nothing_changed(string engine)
    {
        var tenant = await tenants.NewAsync(engine, "TcCrm.StaffTheme");
        var before = await tenant.ContentAsync();

        var report = await tenant.RunAsync($$"""
            { "name": "feature", "enable": ["TcCrm.Customers"] },
            { "name": "settings", "SiteName": "新名称" },
            { "name": "media", "Files": [{ "TargetPath": "a/b.txt", "Base64": "aGk=" }] },
            {{Customers}},
            { "name": "records", "Type": "customers.customer", "Match": "ExternalId", "Records": [{ "ExternalId": "2", "Name": "" }] }
            """);

        var problem = Assert.Single(report.Problems);
        Assert.Equal(("$.steps[4].Records[0].Name", 5), (problem.Path, problem.Line));
        Assert.Equal(before, await tenant.ContentAsync());
        Assert.Equal(0, await tenant.ReadAsync(db => db.Set<Customer>().CountAsync()));
        Assert.Empty(Directory.EnumerateFiles(tenant.Host.DataPath, "b.txt*", SearchOption.AllDirectories));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Uses_what_the_recipe_itself_switches_on_and_a_second_run_changes_nothing(string engine)
    {
        var tenant = await tenants.NewAsync(engine, "TcCrm.StaffTheme");
        var steps = $$"""
            { "name": "feature", "enable": ["TcCrm.Customers"] },
            { "name": "settings", "SiteName": "新名称", "Own": { "b": [1] } },
            { "name": "Roles", "Roles": [{ "Name": "Seller", "Description": "Sells.", "Permissions": ["View_customers.customer"] }] },
            { "name": "Users", "Users": [{ "UserName": "seller", "RoleNames": ["Seller"] }] },
            { "name": "numbering", "Rules": [{ "Type": "customers.customer", "Pattern": "X{yyyy}-{seq:3}", "Reset": "Year" }] },
            { "name": "views", "Views": [{ "Type": "customers.customer", "Name": "Firms", "Filters": ["Kind:eq:Company"], "Sort": "-Name" }] },
            {{Customers}}
            """;

        await tenant.SucceedAsync(steps);
        var once = await tenant.ContentAsync();
        await tenant.SucceedAsync(steps);

        Assert.Contains("杭州甲", once);
        Assert.Equal(once, await tenant.ContentAsync());
        Assert.Equal(2, await tenant.ReadAsync(db => db.Set<AuditEntry>().CountAsync(a => a.Action == "RanRecipe")));
    }

    [Fact]
    public async Task An_unknown_step_is_an_error_unless_it_is_optional()
    {
        var tenant = await tenants.NewAsync("sqlite");
        Assert.False((await tenant.CheckAsync("""{ "name": "teleport" }""")).Succeeded);

        var report = await tenant.CheckAsync("""{ "name": "teleport", "optional": true }""");
        Assert.True(report.Succeeded);
        Assert.Equal("The step '{0}' is not known here; it is optional and left out.", Assert.Single(report.Problems).Key);
    }

    [Fact]
    public async Task A_step_of_Orchard_Core_that_is_not_run_is_kept_as_it_was_written()
    {
        var tenant = await tenants.NewAsync("sqlite");
        const string step = """{ "name": "Layers", "Layers": [{ "Name": "[js: uuid()]" }] }""";
        for (var run = 0; run < 2; run++)
        {
            var report = await tenant.RunAsync(step);
            Assert.True(report.Succeeded);
            Assert.Equal("The step '{0}' of Orchard Core is not run here yet; it is kept for export.", Assert.Single(report.Problems).Key);
        }

        var kept = await tenant.ReadAsync(db => db.Set<KeptStep>().SingleAsync());
        Assert.Equal(("test", "$.steps[0]", """{"name":"Layers","Layers":[{"Name":"[js: uuid()]"}]}"""), (kept.Recipe, kept.Place, kept.Json));
    }

    [Fact]
    public async Task A_workflow_type_that_comes_again_is_another_version_only_where_it_differs()
    {
        var tenant = await tenants.NewAsync("sqlite");
        const string step = """{ "name": "WorkflowType", "data": [{ "WorkflowTypeId": "4flow", "Name": "Approval", "Activities": [{ "$type": "X, Y", "Name": "SomebodysTask", "Properties": { "Mode": 0 } }], "Transitions": [] }] }""";
        foreach (var written in new[] { step, step, step.Replace("Approval", "Approvals", StringComparison.Ordinal) }) Assert.True((await tenant.RunAsync(written)).Succeeded);

        var versions = await tenant.ReadAsync(db => db.Set<KeptDefinition>().OrderBy(d => d.Version).ToListAsync());

        Assert.Equal([(1, false), (2, true)], versions.Select(v => (v.Version, v.IsLatest)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(step)!["data"]![0], JsonNode.Parse(versions[0].Json)));
        Assert.Equal(["$.steps[0].data[1].WorkflowTypeId", "$.steps[0].data[2].WorkflowTypeId"], (await tenant.CheckAsync("""{ "name": "WorkflowType", "data": [{ "WorkflowTypeId": "a" }, { "WorkflowTypeId": "a" }, { "Name": "without" }] }""")).Problems.Where(p => !p.IsWarning).Select(p => p.Path));
    }

    [Fact]
    public async Task The_portable_sample_is_read_and_only_what_is_not_yet_run_is_reported()
    {
        var tenant = await tenants.NewAsync("sqlite");
        var sample = tenant.Catalogue.FindOrOpen(Path.Combine(SourceTree.Root, "tests", "TcCrm.Tests", "Recipes", "portable-sample.recipe.json"))!;

        var report = await tenant.Recipes.RunAsync(tenant.Name, sample, default);

        Assert.True(report.Succeeded);
        Assert.Equal(2, report.Problems.Count(p => p.Key.EndsWith("nothing runs them yet.", StringComparison.Ordinal)));
        Assert.All(report.Problems, p => Assert.True(p.IsWarning && p.Line > 0));
        Assert.Equal(["WorkflowType", "queries"], await tenant.ReadAsync(db => db.Set<KeptDefinition>().OrderBy(d => d.Kind).Select(d => d.Kind).ToListAsync()));
        Assert.NotNull(await tenant.ReadAsync(db => db.Roles.SingleOrDefaultAsync(r => r.Name == "Sales Manager")));
    }
}
