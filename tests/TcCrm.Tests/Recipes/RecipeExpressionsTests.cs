using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Recipes;
using Xunit;

namespace TcCrm.Tests.Recipes;

public sealed class RecipeExpressionsTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recipe");

    [Theory]
    [InlineData("[js: 'a' + \"b\" + ('c')]", "abc")]
    [InlineData("[js: 'it\\'s \\u4e2d\\n']", "it's 中\n")]
    [InlineData("[js:parameters('adminusername');]", "boss")]
    [InlineData("[js: configuration('Colour', 'red')]", "blue")]
    [InlineData("[js: configuration('Shade', 'dark' + 'er')]", "darker")]
    [InlineData("[js: configuration('ConnectionStrings:Main', 'hidden')]", "hidden")]
    [InlineData("[js: html('&lt;b&gt; &amp;')]", "<b> &")]
    [InlineData("[js: base64('5Lit5paH')]", "中文")]
    [InlineData("[js: variables('twice')]", "boss, again")]
    [InlineData("plain", "plain")]
    [InlineData("[plain]", "[plain]")]
    public void Evaluates(string written, string expected) => Assert.Equal(expected, Expressions().Evaluate(written));

    [Fact]
    public void Evaluates_a_variable_once()
    {
        var expressions = Expressions();
        var first = expressions.Evaluate("[js: variables('id')]");
        Assert.Matches("^[0-9a-hjkmnp-tv-z]{26}$", first);
        Assert.Equal(first, expressions.Evaluate("[js: variables('id')]"));
        Assert.NotEqual(first, expressions.Evaluate("[js: uuid()]"));
    }

    [Fact]
    public void Unpacks_gzip_to_base64()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write("hello"u8);
        Assert.Equal("hello", Expressions().Evaluate($"[js: base64(gzip('{Convert.ToBase64String(packed.ToArray())}'))]"));
    }

    [Fact]
    public void Reads_files_beside_the_recipe_and_evaluates_what_they_hold()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "texts"));
        File.WriteAllText(Path.Combine(_folder.FullName, "texts", "a.txt"), "[js: 'from' + ' file']");
        Assert.Equal("from file", Expressions().Evaluate("[file:text('texts/a.txt')]"));
        Assert.Equal("W2pz", Expressions().Evaluate("[file:base64('texts/a.txt')]")[..4]);
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("in/../../secret.txt")]
    [InlineData("/etc/hostname")]
    [InlineData("..\\\\secret.txt")]
    [InlineData("link.txt")]
    [InlineData("linked/secret.txt")]
    [InlineData("absent.txt")]
    public void No_path_leaves_the_folder(string path)
    {
        var inside = _folder.CreateSubdirectory("inside");
        inside.CreateSubdirectory("in");
        File.WriteAllText(Path.Combine(_folder.FullName, "secret.txt"), "secret");
        File.CreateSymbolicLink(Path.Combine(inside.FullName, "link.txt"), Path.Combine(_folder.FullName, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(inside.FullName, "linked"), _folder.FullName);

        var refused = Assert.Throws<ExpressionRefusedException>(() => Expressions(inside.FullName).Evaluate($"[file:text('{path}')]"));
        Assert.Equal("The expression {0} asks for the file '{1}', which is not in the recipe's folder.", refused.Key);
    }

    [Theory]
    [InlineData("[js: variables('id').length]")]
    [InlineData("[js: 1 + 2]")]
    [InlineData("[js: uuid]")]
    [InlineData("[js: uuid(]")]
    [InlineData("[js: 'open]")]
    [InlineData("[js: text('a')]")]
    [InlineData("[js: '\\x41']")]
    [InlineData("[js:]")]
    [InlineData("[file:uuid()]")]
    public void Refuses_anything_else_and_names_it(string written)
    {
        var refused = Assert.Throws<ExpressionRefusedException>(() => Expressions().Evaluate(written));
        Assert.StartsWith("The expression {0} is not supported", refused.Key, StringComparison.Ordinal);
        Assert.Equal(written, refused.Expression);
    }

    [Theory]
    [InlineData("[js: variables('none')]", "The expression {0} asks for the variable '{1}', which is not defined.")]
    [InlineData("[js: variables('loop')]", "The expression {0} asks for the variable '{1}', which refers to itself.")]
    [InlineData("[js: variables('list')]", "The expression {0} asks for the variable '{1}', which is not a text.")]
    [InlineData("[js: parameters('none')]", "The expression {0} asks for the parameter '{1}', which is not known.")]
    [InlineData("[js: parameters('AdminPassword')]", "The expression {0} asks for '{1}', a secret that recipes are not given.")]
    [InlineData("[js: base64('%')]", "The expression {0} does not contain valid base64 or gzip data.")]
    [InlineData("[js: gzip('AAAA')]", "The expression {0} does not contain valid base64 or gzip data.")]
    public void Says_what_is_wrong(string written, string key) =>
        Assert.Equal(key, Assert.Throws<ExpressionRefusedException>(() => Expressions().Evaluate(written)).Key);

    [Fact]
    public void Deep_brackets_are_refused_before_the_stack_is_full() =>
        Assert.Throws<ExpressionRefusedException>(() => Expressions().Evaluate($"[js: {new string('(', 100_000)}]"));

    [Fact]
    public void Replaces_values_in_steps_but_no_keys_and_reports_the_place()
    {
        var file = RecipeFile.Read("test", Encoding.UTF8.GetBytes("""
            { "name": "a", "variables": { "v": "[js: 'x']" }, "steps": [
              { "name": "s", "[js: uuid()]": [ "[js: variables('v')]", null, 3 ],
                "bad": "[js: eval('1')]",
                "note": "[note: kept]" } ] }
            """), new NullFileProvider());

        file.Evaluate(Values());

        Assert.Equal("""["x",null,3]""", file.Steps[0].Body["[js: uuid()]"]!.ToJsonString());
        Assert.Equal([("$.steps[0].bad", 3, false), ("$.steps[0].note", 4, true)], file.Problems.Select(p => (p.Path, p.Line, p.IsWarning)));
        Assert.Equal("[js: eval('1')]", file.Problems[0].Args[0]);
        Assert.Equal("[note: kept]", (string?)file.Steps[0].Body["note"]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    RecipeExpressions Expressions(string? folder = null)
    {
        var variables = JsonNode.Parse("""{ "id": "[js: uuid()]", "twice": "[js: parameters('AdminUsername') + ', again']", "loop": "[js: variables('loop')]", "list": [] }""")!;
        return new(variables.AsObject(), Values(), new PhysicalFileProvider(folder ?? _folder.FullName));
    }

    static RecipeValues Values() => new(
        new Dictionary<string, string> { ["AdminUsername"] = "boss" },
        new ConfigurationBuilder().AddInMemoryCollection([new("TcCrm:Recipes:Values:Colour", "blue"), new("ConnectionStrings:Main", "secret")]).Build());
}
