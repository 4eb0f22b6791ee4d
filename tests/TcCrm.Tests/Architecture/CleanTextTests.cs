using System.Text.RegularExpressions;

namespace TcCrm.Tests.Architecture;

/// <summary>Source holds for every machine and is finished: no paths of one computer, no unfinished markers, no folded regions, no package source of somebody's own.</summary>
public sealed partial class CleanTextTests
{
    static readonly string[] TextEndings =
        [".cs", ".cshtml", ".csproj", ".props", ".targets", ".md", ".json", ".js", ".mjs", ".css", ".resx", ".sh", ".txt", ".yml", "check", "run", ".editorconfig"];

    [Fact]
    public void Nothing_unfinished_and_no_path_of_one_machine() => Violations.AssertNone(SourceTree.Under("", TextEndings).SelectMany(Stains));

    [Fact]
    public void No_settings_name_a_package_source() => Violations.AssertNone(SourceTree.Files.Where(NamesASource).Select(file => file.Path));

    [Fact]
    public void No_class_is_commented_out_or_folded_away() => Violations.AssertNone(SourceTree.Under("", ".cs").SelectMany(Hidden));

    [Theory]
    [InlineData("var path = \"/wo" + "rk/data\";")]
    [InlineData("see ../sha" + "red/notes.md")]
    [InlineData("// TO" + "DO later")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    public void Sees_a_stain(string line) => Assert.Single(Stains(new("a.cs", line)));

    [Theory]
    [InlineData("#reg" + "ion Fields")]
    [InlineData("    // Close(ticket);")]
    [InlineData("    // if (ticket is null) return;")]
    public void Sees_hidden_code(string line) => Assert.Single(Hidden(new("a.cs", line)));

    [Theory]
    [InlineData("    // Closing twice is fine; the first moment counts.")]
    [InlineData("    /// <summary>The answer of <c>Close(ticket);</c></summary>")]
    public void Lets_prose_pass(string line) => Assert.Empty(Hidden(new("a.cs", line)));

    [Theory]
    [InlineData("NuGet.config", "<add key=\"ours\" value=\"https://packages.example.org/index.json\" />", true)]
    [InlineData("tools/.npmrc", "registry=https://packages.example.org/", true)]
    [InlineData("tools/.npmrc", "audit=false", false)]
    public void Sees_a_package_source(string path, string text, bool named) => Assert.Equal(named, NamesASource(new(path, text)));

    static bool NamesASource(SourceFile file) =>
        Path.GetFileName(file.Path).ToLowerInvariant() is "nuget.config" or ".npmrc" && file.Text.Contains("://", StringComparison.Ordinal);

    static IEnumerable<string> Stains(SourceFile file) => Found(file, Stain());

    static IEnumerable<string> Hidden(SourceFile file) => Found(file, HiddenCode());

    static IEnumerable<string> Found(SourceFile file, Regex pattern) =>
        from line in file.Text.Split('\n').Index()
        where pattern.IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} {line.Item.Trim()}";

    [GeneratedRegex(@"(?<![A-Za-z0-9.~}])/(work|root|farm|tmp)/|\.\./share[d]/|\b(TOD[O]|FIXM[E]|HAC[K])\b|NotImplementedExceptio[n]")]
    private static partial Regex Stain();

    [GeneratedRegex(@"^\s*#(end)?region|^\s*//(?!/).*(;|\{|\})\s*$")]
    private static partial Regex HiddenCode();
}
