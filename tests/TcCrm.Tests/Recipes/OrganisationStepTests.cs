using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Recipes.Exports;

namespace TcCrm.Tests.Recipes;

[Collection(nameof(RecipeTenants))]
public sealed class OrganisationStepTests(RecipeTenants tenants)
{
    const string Users = """{ "name": "Users", "Users": [{ "UserName": "ann" }, { "UserName": "bob" }] }""";
    const string Organisation = """
        { "name": "organisation",
          "Assignments": [{ "User": "ann", "Unit": "S1", "Duty": "店长", "IsMain": true }, { "User": "bob", "Unit": "S1", "Duty": "店员", "From": "2026-01-01" }],
          "Departments": [{ "Code": "S1-C", "Name": "收银", "Unit": "S1", "Parent": "S1-S" }, { "Code": "S1-S", "Name": "销售", "Unit": "S1", "Head": "ann" }],
          "Units": [{ "Code": "S1", "Name": "一店", "Kind": "Store", "Parent": "N" }, { "Code": "N", "Name": "北区", "Kind": "Region", "Parent": "HQ" }, { "externalId": "HQ", "Name": "总部", "Kind": "HeadOffice" }],
          "Positions": [{ "Code": "cashier", "Name": "收银员" }] }
        """;

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_company_stands_in_one_step_in_any_order_and_running_again_changes_nothing(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        await tenant.SucceedAsync($"{Users}, {Organisation}");
        var once = await tenant.ContentAsync();
        await tenant.SucceedAsync($"{Users}, {Organisation}");

        var units = await tenant.ReadAsync(db => db.Set<Unit>().ToDictionaryAsync(u => u.ExternalId));
        Assert.Equal((units["N"].Id, units["HQ"].Id, (Guid?)null), (units["S1"].ParentId, units["N"].ParentId, units["HQ"].ParentId));
        var departments = await tenant.ReadAsync(db => db.Set<Department>().ToDictionaryAsync(d => d.ExternalId));
        Assert.Equal((departments["S1-S"].Id, units["S1"].Id), (departments["S1-C"].ParentId, departments["S1-C"].UnitId));
        Assert.Equal(["ann S1 店长", "bob S1 店员"], await tenant.ReadAsync(db => db.Set<Assignment>().Select(a => a.ExternalId).Order().ToListAsync()));
        Assert.Equal(once, await tenant.ContentAsync());
    }

    [Fact]
    public async Task A_unit_is_moved_and_renamed_by_its_code()
    {
        var tenant = await tenants.NewAsync("sqlite");
        await tenant.SucceedAsync($"{Users}, {Organisation}");
        await tenant.SucceedAsync("""{ "name": "Organisation", "units": [{ "Code": "S1", "Name": "旗舰店", "Parent": "HQ" }, { "Code": "S2", "Name": "二店", "Kind": "Store", "Parent": "N" }] }""");

        var units = await tenant.ReadAsync(db => db.Set<Unit>().ToDictionaryAsync(u => u.ExternalId));

        Assert.Equal((4, "旗舰店", units["HQ"].Id, UnitKind.Store), (units.Count, units["S1"].Name, units["S1"].ParentId, units["S1"].Kind));
        Assert.Equal(units["N"].Id, units["S2"].ParentId);
    }

    [Fact]
    public async Task It_is_exported_and_comes_in_alike()
    {
        var (first, second) = (await tenants.NewAsync("sqlite"), await tenants.NewAsync("sqlite"));
        await first.SucceedAsync($"{Users}, {Organisation}");
        var written = await ExportAsync(first);

        Assert.True((await second.Recipes.RunAsync(second.Name, RecipeFile.Read("export", Encoding.UTF8.GetBytes(written), new NullFileProvider()), default)).Succeeded);

        Assert.Equal(LinesOf(written.Replace(first.Name, second.Name, StringComparison.Ordinal)), LinesOf(await ExportAsync(second)));
        foreach (var word in new[] { "S1-C", "cashier", "ann S1 店长", "HQ" }) Assert.Contains(word, written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_back_without_its_users_is_not_exported()
    {
        var tenant = await tenants.NewAsync("sqlite");
        await tenant.SucceedAsync($"{Users}, {Organisation}");

        var written = await ExportAsync(tenant, "records:organisation.unit", "records:organisation.assignment");

        Assert.Contains("organisation.unit", written, StringComparison.Ordinal);
        Assert.DoesNotContain("organisation.assignment", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_are_reported_before_anything_is_done()
    {
        var tenant = await tenants.NewAsync("sqlite");

        var report = await tenant.RunAsync("""
            { "name": "records", "Type": "organisation.unit", "Match": "ExternalId", "Records": [{ "ExternalId": "before", "Name": "B" }] },
            { "name": "organisation",
              "Units": [{ "Name": "No code" }, { "Code": "a", "Name": "A", "Parent": "b" }, { "Code": "b", "Name": "B", "Parent": "a" }, { "Code": "b", "Colour": "red" }, { "Code": "c", "Name": "C", "Parent": "before" }, { "Code": "d", "Name": "D", "Parent": "nowhere" }],
              "Assignments": [{ "User": "nobody", "Unit": "a", "Duty": "x" }] }
            """);

        Assert.Equal(
            ["Assignments[0].User", "Units[0].Code", "Units[1].Parent", "Units[2].Parent", "Units[3].Code", "Units[3].Colour", "Units[5].Parent"],
            report.Problems.Select(p => p.Path["$.steps[1].".Length..]).Order(StringComparer.Ordinal));
        Assert.Equal(0, await tenant.ReadAsync(db => db.Set<Unit>().CountAsync()));
    }

    [Fact]
    public async Task It_is_checked_for_a_company_that_is_not_there_yet()
    {
        var tenant = await tenants.NewAsync("sqlite");
        var recipe = RecipeFile.Read("test", Encoding.UTF8.GetBytes($$"""{ "name": "test", "steps": [ { "name": "feature", "enable": ["TcCrm.Organisation"] }, {{Users}}, {{Organisation}} ] }"""), new NullFileProvider());

        Assert.Empty((await tenant.Recipes.CheckForNewAsync(recipe, default)).Problems);
    }

    /// <summary>Records without a number come in any order.</summary>
    static IEnumerable<string> LinesOf(string written) => written.Split('\n', '{').Select(l => l.Trim(' ', ',', ']', '}')).Order(StringComparer.Ordinal);

    static Task<string> ExportAsync(RecipeTenant tenant) =>
        ExportAsync(tenant, "feature", "Users", "records:organisation.unit", "records:organisation.department", "records:organisation.position", "records:organisation.assignment");

    static Task<string> ExportAsync(RecipeTenant tenant, params string[] parts) => tenant.Host.InAsync(tenant.Name, async scope =>
    {
        using var stream = new MemoryStream();
        await scope.GetRequiredService<RecipeExporter>().WriteAsync(parts, stream, default);
        return Encoding.UTF8.GetString(stream.ToArray());
    });
}
