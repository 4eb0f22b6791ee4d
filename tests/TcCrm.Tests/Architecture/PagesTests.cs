using System.Text.RegularExpressions;

namespace TcCrm.Tests.Architecture;

/// <summary>
/// Razor paths are one namespace over all assemblies, so a module's pages live in an area of its own name.
/// The content security policy knows no inline script, style or handler, so no page has one.
/// </summary>
public sealed partial class PagesTests
{
    [Fact]
    public void Pages_of_a_module_live_in_its_area() => Violations.AssertNone(Pages().Where(Misplaced).Select(page => page.Path));

    [Fact]
    public void No_page_has_inline_script_style_or_handler() => Violations.AssertNone(Pages().SelectMany(Inline));

    [Theory]
    [InlineData("src/Modules/TcCrm.Sales/Pages/Orders.cshtml", true)]
    [InlineData("src/Modules/TcCrm.Sales/Areas/Customers/Pages/Orders.cshtml", true)]
    [InlineData("src/Modules/TcCrm.Sales/Areas/Sales/Pages/Orders/Index.cshtml", false)]
    [InlineData("src/Modules/TcCrm.Sales/Areas/Sales/Pages/Shared/Components/Orders/Default.cshtml", false)]
    [InlineData("src/Platform/TcCrm.Ui/Pages/Shared/_Pager.cshtml", false)]
    public void Sees_a_misplaced_page(string path, bool misplaced) => Assert.Equal(misplaced, Misplaced(new(path)));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<script type=\"module\">go()</script>")]
    [InlineData("<style>b { color: red }</style>")]
    [InlineData("<b style=\"color: red\">")]
    [InlineData("<button\n  onclick=\"go()\">")]
    [InlineData("<a href=\"javascript:go()\">")]
    public void Sees_inline_code(string html) => Assert.Single(Inline(new("Page.cshtml", html)));

    [Theory]
    [InlineData("<script src=\"/_content/TcCrm.Ui/js/tc.js\" defer></script>")]
    [InlineData("<link rel=\"stylesheet\" href=\"/_content/TcCrm.Ui/css/tc.css\">")]
    [InlineData("<tc-list data-style=\"dense\">@{ var style = \"x\"; }")]
    [InlineData("<script type=\"application/json\" id=\"data\">@Json</script>")]
    public void Lets_files_and_data_pass(string html) => Assert.Empty(Inline(new("Page.cshtml", html)));

    static IEnumerable<SourceFile> Pages() => SourceTree.Under("src/", ".cshtml");

    static bool Misplaced(SourceFile page) =>
        ModulePage().Match(page.Path) is { Success: true } match
        && (!match.Groups["area"].Success || !match.Groups["module"].Value.Equals(match.Groups["area"].Value, StringComparison.Ordinal));

    static IEnumerable<string> Inline(SourceFile page) => InlineCode().Matches(page.Text).Select(match => $"{page.Path} {match.Value}");

    [GeneratedRegex(@"^src/Modules/TcCrm\.(?<module>[^/]+)/(Areas/(?<area>[^/]+)/Pages/)?")]
    private static partial Regex ModulePage();

    // JSON in a script element is data: the browser does not run it.
    [GeneratedRegex(@"<script(?![^>]*\b((src|asset)=|type=""application/(ld\+)?json""))[^>]*>|<style[\s>]|\s(style|on[a-z]+)=[""'@]|\b(href|src|action)\s*=\s*[""']javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();
}
