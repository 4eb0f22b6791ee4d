using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using NJsonSchema;
using TcCrm.Platform.Recipes;

namespace TcCrm.Tests.Recipes;

/// <summary>Recipes as hosts of Orchard Core write them, held against the schema of the format, read and given back.</summary>
public sealed class OrchardFormatsTests
{
    static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "TcCrm.Tests", "Recipes");
    static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromFileAsync(Path.Combine(SourceTree.Root, "docs", "formats", "orchard-recipe.schema.json")));

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Folder, "Orchard")).Append(Path.Combine(Folder, "portable-sample.recipe.json")).Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Fits_the_schema_and_every_step_is_kept_as_it_was_written(string file)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Folder, file));
        var written = JsonNode.Parse(bytes, null, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        Assert.Empty((await Schema.Value).Validate(written.ToJsonString()));

        var recipe = RecipeFile.Read(file, bytes, new NullFileProvider());
        Assert.Empty(recipe.Problems);
        recipe.Evaluate(RecipeValues.ForCheck(new ConfigurationBuilder().Build()));
        Assert.True(JsonNode.DeepEquals(written["steps"], new JsonArray([.. recipe.Steps.Select(s => s.Written)])));
    }

    [Theory]
    [InlineData("""{ "name": "content", "data": [{ "ContentType": "Page" }] }""")]
    [InlineData("""{ "name": "content", "Data": [{ "ContentItemId": "a", "ContentType": "Page", "Colour": "red" }] }""")]
    [InlineData("""{ "name": "content", "Data": [{ "ContentItemId": "an id that is longer than Orchard's columns", "ContentType": "Page" }] }""")]
    [InlineData("""{ "name": "ContentDefinition", "ContentTypes": [{ "DisplayName": "Page" }] }""")]
    [InlineData("""{ "name": "workflowtype", "data": [{ "WorkflowTypeId": "a", "Name": "A", "Activities": [{ "Name": "LogTask" }], "Transitions": [] }] }""")]
    [InlineData("""{ "name": "AdminMenu", "data": [{ "Id": "a", "Name": "A", "MenuItems": [{ "LinkText": "no type" }] }] }""")]
    [InlineData("""{ "enable": [] }""")]
    public async Task The_schema_sees_what_does_not_fit(string step) =>
        Assert.NotEmpty((await Schema.Value).Validate($$"""{ "name": "x", "steps": [{{step}}] }"""));
}
