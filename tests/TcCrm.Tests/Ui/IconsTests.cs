using System.Text.RegularExpressions;
using TcCrm.Tests.Architecture;

namespace TcCrm.Tests.Ui;

/// <summary>An icon that is not in the sprite is an empty square on the screen.</summary>
public sealed partial class IconsTests
{
    static readonly HashSet<string> Sprite = [.. File.ReadAllText(Path.Combine(SourceTree.Root, "tools/frontend/icons.txt")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    [Fact]
    public void Every_icon_named_in_pages_scripts_and_code_is_in_the_sprite() => Violations.AssertNone(
        from file in SourceTree.Under("src/", ".cshtml", ".cs", ".js")
        from name in Named(file)
        where !Sprite.Contains(name)
        select $"{file.Path} {name}");

    [Theory]
    [InlineData("a.cshtml", "<tc-icon class=\"x\" name=\"not-there\" />")]
    [InlineData("a.cshtml", "<tc-button kind=\"primary\" icon=\"not-there\">")]
    [InlineData("a.js", "button.append(icon('not-there'));")]
    [InlineData("a.cs", "new MenuItem(\"Sales\", \"Orders\",\n    \"not-there\", \"~/orders\", null)")]
    [InlineData("a.cs", "new PartAction(text[\"Home\"], \"~/\", \"not-there\")")]
    [InlineData("a.cs", "new EmptyState(\"not-there\", text[\"Nothing\"])")]
    [InlineData("a.cs", "404 => new(\"not-there\", \"gray\", text[\"Gone\"])")]
    public void Sees_an_icon(string path, string source) => Assert.Equal("not-there", Assert.Single(Named(new(path, source))));

    [Fact]
    public void Leaves_computed_names_alone() => Assert.Empty(Named(new("a.cshtml", "<tc-icon name=\"@Model.Icon\" /><tc-button icon=\"@icon\">")));

    static IEnumerable<string> Named(SourceFile file) =>
        (file.Path.EndsWith(".cs", StringComparison.Ordinal) ? InCode() : file.Path.EndsWith(".js", StringComparison.Ordinal) ? InScript() : InPage())
            .Matches(file.Text).Select(match => match.Groups["icon"].Value).Where(name => !file.Path.EndsWith("icons.txt", StringComparison.Ordinal));

    [GeneratedRegex("""<tc-icon\b[^>]*?\sname="(?<icon>[a-z0-9-]+)"|<tc-[a-z]+\b[^>]*?\sicon="(?<icon>[a-z0-9-]+)"|new (EmptyState|PartAction\([^()]*?,[^(),]*?, )\(?"(?<icon>[a-z0-9-]+)""")]
    private static partial Regex InPage();

    [GeneratedRegex("""\bicon\('(?<icon>[a-z0-9-]+)'\)""")]
    private static partial Regex InScript();

    [GeneratedRegex("""new (MenuItem|NavItem|PartAction)\(\s*(text\["[^"]*"\]|"[^"]*"),\s*("[^"]*",\s*)?"(?<icon>[a-z0-9]+(-[a-z0-9]+)*)"|new EmptyState\("(?<icon>[a-z0-9-]+)"|=> new\("(?<icon>[a-z0-9-]+)", "(gray|accent|green|amber|red|blue)\b""")]
    private static partial Regex InCode();
}
