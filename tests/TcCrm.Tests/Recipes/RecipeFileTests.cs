using System.Text;
using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Recipes;
using Xunit;

namespace TcCrm.Tests.Recipes;

public sealed class RecipeFileTests
{
    [Fact]
    public void Reads_the_header_in_any_case_with_comments_and_trailing_commas()
    {
        var file = Read("""
            { // a comment
              "Name": "crm", "DISPLAYNAME": "Our CRM", "issetuprecipe": "true", "categories": ["a", "b",],
              "steps": [ { "name": "Feature", "enable": [] }, ],
            }
            """);

        Assert.Empty(file.Problems);
        Assert.Equal(("crm", "Our CRM", true), (file.Header.Name, file.Header.DisplayName, file.Header.IsSetupRecipe));
        Assert.Equal(["a", "b"], file.Header.Categories);
        Assert.Equal(("Feature", "$.steps[0]"), (file.Steps[0].Name, file.Steps[0].Path));
    }

    [Fact]
    public void Says_on_which_line_a_value_stands()
    {
        var file = Read("{ \"name\": \"a\",\r\n \"steps\": [\n  { \"name\": \"Roles\",\n    \"Roles\": [\n      { \"Name\": \"x\",\n        \"It's\": 1 } ] } ] }");

        Assert.Equal(3, file.LineOf("$.steps[0]"));
        Assert.Equal(5, file.LineOf("$.steps[0].Roles[0].Name"));
        Assert.Equal(6, file.LineOf("$.steps[0].Roles[0]['It's']"));
        Assert.Equal(5, file.LineOf("$.steps[0].roles[0].Missing.Deeper"));
    }

    [Fact]
    public void Collects_all_problems_at_once()
    {
        var file = Read("""
            { "steps": [
                { "Name": "Roles" },
                7,
                { "name": "a", "x": 1,
                  "x": 2 } ],
              "variables": [] }
            """);

        Assert.Equal(
            [("$.steps[2]", 5, "The key '{0}' stands here twice."),
             ("$", 1, "The recipe needs a \"name\"."),
             ("$.steps[0]", 2, "A step needs a \"name\"; the key is in lower case."),
             ("$.steps[1]", 3, "A step is a JSON object."),
             ("$.variables", 6, "\"variables\" must stand before \"steps\"."),
             ("$.variables", 6, "\"variables\" is a JSON object of names and values.")],
            file.Problems.Select(p => (p.Path, p.Line, p.Key)));
    }

    [Theory]
    [InlineData("{ \"name\": \"a\",\n  \"steps\": [ }", 2, "This is not valid JSON, at column {0} of the line.")]
    [InlineData("", 1, "This is not valid JSON, at column {0} of the line.")]
    [InlineData("{}{}", 1, "This is not valid JSON, at column {0} of the line.")]
    [InlineData("[]", 1, "A recipe is a JSON object.")]
    [InlineData("{ \"name\":\n\"\\ud800\" }", 2, "This text has half of a character (an unpaired surrogate).")]
    public void Names_the_line_of_broken_JSON(string json, int line, string key)
    {
        var problem = Assert.Single(Read(json).Problems);
        Assert.Equal((line, key), (problem.Line, problem.Key));
    }

    [Fact]
    public void Refuses_a_file_that_is_not_UTF8()
    {
        var file = RecipeFile.Read("a", [.. "{ \"name\": \""u8, 0xD0, 0xD0, .. "\" }"u8], new NullFileProvider());
        Assert.Equal("The file is not encoded as UTF-8.", Assert.Single(file.Problems).Key);
    }

    [Fact]
    public void Reads_a_file_that_begins_with_a_byte_order_mark() =>
        Assert.Empty(RecipeFile.Read("a", [0xEF, 0xBB, 0xBF, .. "{ \"name\": \"a\", \"steps\": [] }"u8], new NullFileProvider()).Problems);

    static RecipeFile Read(string json) => RecipeFile.Read("test", Encoding.UTF8.GetBytes(json), new NullFileProvider());
}
