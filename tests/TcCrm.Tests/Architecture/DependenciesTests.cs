using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TcCrm.Tests.Architecture;

/// <summary>Every package has a reason and a licence in docs/dependencies.md, and no line there outlives its package.</summary>
public sealed partial class DependenciesTests
{
    [Fact]
    public void Every_package_has_its_reason() =>
        Violations.AssertNone(Differences(new SourceFile("Directory.Packages.props").Text, new SourceFile("docs/dependencies.md").Text));

    [Theory]
    [InlineData("""<P><PackageVersion Include="A" Version="1" /></P>""", "| B | why not | MIT |", 2)]
    [InlineData("""<P><PackageVersion Include="A" Version="1" /></P>""", "| A | | MIT |", 1)]
    [InlineData("""<P><PackageVersion Include="A" Version="1" /></P>""", "| A | reads stars | MIT |", 0)]
    public void Sees_a_package_without_reason_and_a_reason_without_package(string packages, string reasons, int expected) =>
        Assert.Equal(expected, Differences(packages, "| Package | Why | Licence |\n|---|---|---|\n" + reasons).Count());

    static IEnumerable<string> Differences(string packages, string reasons)
    {
        var used = XDocument.Parse(packages).Descendants("PackageVersion").Select(package => (string)package.Attribute("Include")!).ToHashSet();
        var explained = Row().Matches(reasons).Select(row => row.Groups["name"].Value).Where(name => name != "Package").ToHashSet();

        return used.Except(explained).Select(name => $"{name} has no reason in docs/dependencies.md")
            .Concat(explained.Except(used).Select(name => $"{name} is explained in docs/dependencies.md but not used"));
    }

    [GeneratedRegex(@"^\| *(?<name>[A-Za-z][\w.-]*) *\| *[^|\s][^|]*\| *[^|\s][^|]*\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
