using System.Text.RegularExpressions;

namespace TcCrm.Tests.Architecture;

/// <summary>The screen speaks Chinese first: no English sentence reaches a user who has chosen zh-CN.</summary>
public sealed partial class TranslationsTests
{
    [Fact]
    public void Every_sentence_in_code_has_its_Chinese() => Violations.AssertNone(Missing(TextKeys.InSource(SourceCode.Product)));

    [Fact]
    public void Every_sentence_on_a_page_has_its_Chinese() => Violations.AssertNone(Missing(SourceTree.Under("src/", ".cshtml").SelectMany(TextKeys.InPage)));

    [Fact]
    public void Every_sentence_in_a_script_has_its_Chinese() => Violations.AssertNone(Missing(SourceTree.Under("src/", ".js").SelectMany(TextKeys.InScript)));

    [Fact]
    public void Every_sentence_in_a_recipe_has_its_Chinese() => Violations.AssertNone(Missing(SourceTree.Under("recipes/", ".recipe.json").SelectMany(TextKeys.InRecipe)));

    [Fact]
    public void Every_entry_stands_once_keeps_its_placeholders_and_is_translated() => Violations.AssertNone(TextCatalogues.Of("zh-CN").SelectMany(Flaws));

    [Theory]
    [InlineData("class A { object M(IText text) => text[\"Not translated\"]; }")]
    [InlineData("class A(IText words) { object M(bool one) => words[one ? \"Not translated\" : \"Nor this\", 3]; }")]
    [InlineData("class A { RecordProblem M() => new(\"Name\", \"Not translated\", 3); }")]
    [InlineData("class A { void M(ICollection<RecordProblem> problems) => problems.Add(new(\"Name\", \"Not \" + \"translated\")); }")]
    [InlineData("class A { void M() => throw new BusinessRuleException(\"Not translated\"); }")]
    [InlineData("class A { object M() => new MenuItem(\"Sales group\", \"Not translated\", \"icon\", \"~/\", null); }")]
    [InlineData("class A { [System.ComponentModel.DataAnnotations.Required(ErrorMessage = \"Not translated\")] public string? B { get; set; } }")]
    [InlineData("class A : FieldCheckAttribute { public override string? Problem(string value) => value == \"\" ? null : \"Not translated\"; }")]
    [InlineData("class FieldKind { public virtual string InvalidKey => \"\"; } class A : FieldKind { public override string InvalidKey => \"Not translated\"; }")]
    [InlineData("[assembly: Module(Name = \"Not translated\")]")]
    [InlineData("namespace TcCrm.Some { record Doubt(int Line, string Key, params object?[] Args); class A { Doubt M() => new(1, \"Not translated\"); } }")]
    public void Sees_a_sentence_in_code(string source) =>
        Assert.Contains(TextKeys.InSource(SourceCode.Fixture(source)), found => found.Key == "Not translated");

    [Fact]
    public void Takes_no_id_or_log_line_for_a_sentence() =>
        Assert.Empty(TextKeys.InSource(SourceCode.Fixture("class A { void M(Dictionary<string, int> rows, ILogger log) { _ = rows[\"Row count\"]; log.LogInformation(\"Not shown\"); } }")));

    [Fact]
    public void Sees_a_sentence_on_a_page_and_in_a_script()
    {
        Assert.Equal("Say \"yes\"", Assert.Single(TextKeys.InPage(new("a.cshtml", """<p title="@T["Say \"yes\""]">@T[Model.Label]</p>"""))).Key);
        Assert.Equal("It's gone", Assert.Single(TextKeys.InScript(new("a.js", @"tc.toast(tc.L('It\'s gone'))"))).Key);
        Assert.Single(Missing([new("Nobody has translated this sentence", "a.cshtml:1")]));
    }

    [Fact]
    public void Sees_the_sentences_of_a_recipe() => Assert.Equal(
        ["All", "Some", "Seller", "Sells", "Mine"],
        TextKeys.InRecipe(new("a.recipe.json", """{"displayName":"Some","description":"All","steps":[{"name":"Roles","Roles":[{"Name":"Seller","Description":"Sells"}]},{"name":"views","Views":[{"Name":"Mine"}]}]}""")).Select(found => found.Key));

    [Theory]
    [InlineData("<data name=\"Save it\"><value>保存</value></data><data name=\"Save it\"><value>保存</value></data>")]
    [InlineData("<data name=\"{0} rows\"><value>若干行</value></data>")]
    [InlineData("<data name=\"{0} of {1}\"><value>第 {0} 页,共 {2} 页</value></data>")]
    [InlineData("<data name=\"Save it\"><value>Save it</value></data>")]
    [InlineData("<data name=\"Save it\"><value> </value></data>")]
    public void Sees_a_flaw_in_a_catalogue(string entries) => Assert.Single(Flaws(new("Text.zh-CN.resx", $"<root>{entries}</root>")));

    [Fact]
    public void Lets_names_and_reordered_placeholders_pass() => Assert.Empty(Flaws(new("Text.zh-CN.resx",
        "<root><data name=\"OpenAPI\"><value>OpenAPI</value></data><data name=\"{0} of {1:N0}\"><value>共 {1:N0} 行,第 {0} 行</value></data></root>")));

    static IEnumerable<string> Missing(IEnumerable<TextKey> keys) =>
        from key in keys
        where !TextCatalogues.Chinese.Contains(key.Key)
        select $"{key.Place} \"{key.Key}\"";

    static IEnumerable<string> Flaws(SourceFile catalogue)
    {
        foreach (var same in TextCatalogues.Entries(catalogue).GroupBy(entry => entry.Name))
        {
            var value = same.First().Value;
            if (same.Count() > 1)
                yield return $"{catalogue.Path}: \"{same.Key}\" stands {same.Count()} times";
            else if (!Placeholders(same.Key).SetEquals(Placeholders(value)))
                yield return $"{catalogue.Path}: \"{same.Key}\" and \"{value}\" have different placeholders";
            else if (string.IsNullOrWhiteSpace(value) || (same.Key.Contains(' ') && same.Key.Any(char.IsAsciiLetter) && !Han().IsMatch(value)))
                yield return $"{catalogue.Path}: \"{same.Key}\" is not translated";
        }
    }

    static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Groups["number"].Value)];

    [GeneratedRegex(@"\{(?<number>\d+)(:[^}]*)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
