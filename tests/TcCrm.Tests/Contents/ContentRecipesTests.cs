using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Recipes.Exports;
using TcCrm.Tests.Recipes;

namespace TcCrm.Tests.Contents;

[Collection(nameof(RecipeTenants))]
public sealed class ContentRecipesTests(RecipeTenants tenants)
{
    const string Feature = "TcCrm.Contents";
    static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "TcCrm.Tests", "Recipes");

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task An_item_comes_back_as_it_was_written(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        var file = await File.ReadAllBytesAsync(Path.Combine(Folder, "Orchard", "lower-case.recipe.json"));
        Assert.True((await tenant.Recipes.RunAsync(tenant.Name, RecipeFile.Read("lower-case", file, new NullFileProvider()), default)).Succeeded);

        var item = await tenant.ReadAsync(db => db.Set<ContentItem>().SingleAsync());

        Assert.Equal(JsonNode.Parse(file)!["steps"]![0]!["data"]![0]!.ToJsonString(), item.Read().ToJsonString());
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task The_portable_sample_run_twice_keeps_its_items_and_a_tenant_made_from_its_export_exports_itself_alike(string engine)
    {
        var first = await tenants.NewAsync(engine);
        var sample = first.Catalogue.FindOrOpen(Path.Combine(Folder, "portable-sample.recipe.json"))!;
        for (var run = 0; run < 2; run++) Assert.True((await first.Recipes.RunAsync(first.Name, sample, default)).Succeeded);
        var written = await ExportAsync(first);
        var second = await tenants.NewAsync(engine);

        var report = await second.Recipes.RunAsync(second.Name, RecipeFile.Read("export", Encoding.UTF8.GetBytes(written), new NullFileProvider()), default);

        Assert.True(report.Succeeded);
        Assert.Equal(ContentOf(written), ContentOf(await ExportAsync(second)));
        Assert.Equal(["Account", "Lead", "Lead"], await first.ReadAsync(db => db.Set<ContentItem>().Select(i => i.ContentType).Order().ToListAsync()));
    }

    [Fact]
    public async Task Definitions_are_merged_replaced_and_deleted()
    {
        var tenant = await tenants.NewAsync("sqlite", Feature);
        await tenant.SucceedAsync("""
            { "name": "contentdefinition", "contentTypes": [{ "name": "Page", "DisplayName": "Page", "Settings": { "ContentTypeSettings": { "Creatable": true }, "Other.Settings": { "Kept": [1, 2] } },
              "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart", "Settings": { "A": { "x": 1 } } }] }],
              "ContentParts": [{ "Name": "Gone", "Settings": {}, "ContentPartFieldDefinitionRecords": [{ "FieldName": "UnknownField", "Name": "F", "Settings": {} }] }] }
            """);
        await tenant.SucceedAsync("""
            { "name": "ContentDefinition", "ContentTypes": [{ "Name": "Page", "Settings": { "ContentTypeSettings": { "Versionable": false }, "Other.Settings": { "Kept": [3] } },
              "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart", "Settings": { "A": { "y": 2 } } }, { "PartName": "BagPart", "Name": "Services" }] }] },
            { "name": "ReplaceContentDefinition", "ContentTypes": [{ "Name": "Other", "Settings": {} }] },
            { "name": "DeleteContentDefinition", "ContentTypes": ["Nobody"], "ContentParts": ["Gone"] }
            """);

        var definitions = await tenant.ReadAsync(db => db.Set<ContentDefinition>().OrderBy(d => d.Id).ToListAsync());

        Assert.Equal(["Page", "Other"], definitions.Select(d => d.Name));
        Assert.False(definitions[0].IsVersionable);
        Assert.Equal(
            """{"Name":"Page","DisplayName":"Page","Settings":{"ContentTypeSettings":{"Creatable":true,"Versionable":false},"Other.Settings":{"Kept":[3]}},"ContentTypePartDefinitionRecords":[{"PartName":"TitlePart","Name":"TitlePart","Settings":{"A":{"x":1,"y":2}}},{"PartName":"BagPart","Name":"Services"}]}""",
            definitions[0].Json);
    }

    [Fact]
    public async Task What_does_not_fit_is_named_with_its_place_and_nothing_is_done()
    {
        var tenant = await tenants.NewAsync("sqlite", Feature);

        var report = await tenant.RunAsync("""
            { "name": "ContentDefinition",
              "ContentTypes": [{ "DisplayName": "No name" }, { "Name": "Twice", "ContentTypePartDefinitionRecords": [{ "PartName": "A" }, { "PartName": "A" }] }],
              "ContentParts": [{ "Name": "P", "ContentPartFieldDefinitionRecords": [{ "Name": "F" }] }] },
            { "name": "content", "Data": [
              { "ContentItemId": "an id that is longer than the columns of Orchard", "ContentType": "T" },
              { "ContentItemId": "a", "Latest": "perhaps" },
              { "ContentItemId": "b", "ContentType": "T", "CreatedUtc": "yesterday", "Colour": "red" }] }
            """);

        Assert.Equal(
            ["$.steps[0].ContentTypes[0].Name", "$.steps[0].ContentTypes[1].ContentTypePartDefinitionRecords[1].Name", "$.steps[0].ContentParts[0].ContentPartFieldDefinitionRecords[0].FieldName",
             "$.steps[1].Data[0].ContentItemId", "$.steps[1].Data[1].ContentType", "$.steps[1].Data[1].Latest", "$.steps[1].Data[2].CreatedUtc"],
            report.Problems.Where(p => !p.IsWarning).Select(p => p.Path));
        Assert.Equal("$.steps[1].Data[2].Colour", Assert.Single(report.Problems, p => p.IsWarning).Path);
        Assert.Equal([2, 2, 3, 5, 6, 6, 7], report.Problems.Where(p => !p.IsWarning).Select(p => p.Line));
        Assert.Equal(0, await tenant.ReadAsync(db => db.Set<ContentDefinition>().CountAsync()));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Versions_that_come_in_keep_one_newest_and_one_in_force(string engine)
    {
        var tenant = await tenants.NewAsync(engine, Feature);
        const string live = """{ "ContentItemId": "a", "ContentItemVersionId": "v1", "ContentType": "T", "Latest": false, "Published": true, "P": { "n": 1 } }""";
        const string draft = """{ "ContentItemId": "a", "ContentItemVersionId": "v2", "ContentType": "T", "Latest": true, "Published": false, "P": { "n": 2 } }""";
        foreach (var data in new[] { live, $"{live}, {draft}", draft, """{ "ContentItemId": "a", "ContentType": "T", "P": { "n": 3 } }""", """{ "ContentItemId": "a", "ContentType": "T", "P": { "n": 3 } }""" })
            Assert.True((await tenant.RunAsync($$"""{ "name": "content", "Data": [ {{data}} ] }""")).Succeeded);

        var rows = await tenant.ReadAsync(db => db.Set<ContentItem>().OrderBy(i => i.Json).ToListAsync());

        Assert.Equal([(false, false), (false, false), (true, true)], rows.OrderBy(r => (int)r.Read()["P"]!["n"]!).Select(r => (r.Latest, r.Published)));
    }

    /// <summary>With TCCRM_LONG=1 a hundred thousand.</summary>
    [Fact]
    public async Task Many_items_go_out_in_steps_and_come_in_again()
    {
        var count = Environment.GetEnvironmentVariable("TCCRM_LONG") == "1" ? 100_000 : 450;
        var tenant = await tenants.NewAsync("sqlite", Feature);
        var data = string.Join(",\n", Enumerable.Range(0, count).Select(i => $$"""{ "ContentItemId": "many{{i:D6}}", "ContentType": "T", "DisplayText": "Item {{i}}", "TitlePart": { "Title": "Item {{i}}" } }"""));
        Assert.True((await tenant.RunAsync($$"""{ "name": "content", "Data": [ {{data}} ] }""")).Succeeded);

        var steps = JsonNode.Parse(await ExportAsync(tenant))!["steps"]!.AsArray().Where(s => (string)s!["name"]! == "content").ToList();

        Assert.Equal((count + 199) / 200, steps.Count);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"many{i:D6}"), steps.SelectMany(s => s!["Data"]!.AsArray()).Select(i => (string)i!["ContentItemId"]!));
    }

    static Task<string> ExportAsync(RecipeTenant tenant) => tenant.Host.InAsync(tenant.Name, async scope =>
    {
        using var stream = new MemoryStream();
        await scope.GetRequiredService<RecipeExporter>().WriteAsync(["feature", "ContentDefinition", "content"], stream, default);
        return Encoding.UTF8.GetString(stream.ToArray());
    });

    static string ContentOf(string recipe) => string.Join('\n', JsonNode.Parse(recipe)!["steps"]!.AsArray().Where(s => (string)s!["name"]! != "feature").Select(s => s!.ToJsonString()));
}
