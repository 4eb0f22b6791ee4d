using System.Xml.Linq;

namespace TcCrm.Tests.Architecture;

/// <summary>Who may refer to whom. Modules meet through contracts, so that each can be switched off, and read, alone.</summary>
public sealed class ProjectReferencesTests
{
    [Fact]
    public void Every_project_refers_only_to_what_it_may()
    {
        var projects = SourceTree.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(projects);
        Violations.AssertNone(projects.SelectMany(Forbidden));
    }

    [Theory]
    [InlineData("src/Modules/TcCrm.Sales/TcCrm.Sales.csproj", "../TcCrm.Customers/TcCrm.Customers.csproj")]
    [InlineData("src/Modules/TcCrm.Sales/TcCrm.Sales.csproj", "../../TcCrm.Web/TcCrm.Web.csproj")]
    [InlineData("src/Modules/TcCrm.Sales/TcCrm.Sales.csproj", "../../Themes/TcCrm.StaffTheme/TcCrm.StaffTheme.csproj")]
    [InlineData("src/Modules/TcCrm.Sales.Contracts/TcCrm.Sales.Contracts.csproj", "../../Platform/TcCrm.Platform/TcCrm.Platform.csproj")]
    [InlineData("src/Platform/TcCrm.Abstractions/TcCrm.Abstractions.csproj", "../TcCrm.Platform/TcCrm.Platform.csproj")]
    [InlineData("src/Platform/TcCrm.Ui/TcCrm.Ui.csproj", "../TcCrm.Platform/TcCrm.Platform.csproj")]
    [InlineData("src/Platform/TcCrm.Platform/TcCrm.Platform.csproj", "../../Modules/TcCrm.Customers/TcCrm.Customers.csproj")]
    [InlineData("src/Themes/TcCrm.StaffTheme/TcCrm.StaffTheme.csproj", "../../Modules/TcCrm.Customers/TcCrm.Customers.csproj")]
    public void Sees_a_forbidden_reference(string project, string reference) => Assert.Single(Forbidden(Project(project, reference)));

    [Theory]
    [InlineData("src/Modules/TcCrm.Sales/TcCrm.Sales.csproj", @"..\TcCrm.Customers.Contracts\TcCrm.Customers.Contracts.csproj")]
    [InlineData("src/Modules/TcCrm.Sales.Contracts/TcCrm.Sales.Contracts.csproj", "../../Platform/TcCrm.Abstractions/TcCrm.Abstractions.csproj")]
    [InlineData("src/Platform/TcCrm.Platform/TcCrm.Platform.csproj", "../TcCrm.Ui/TcCrm.Ui.csproj")]
    [InlineData("src/TcCrm.Web/TcCrm.Web.csproj", "../Modules/TcCrm.Customers/TcCrm.Customers.csproj")]
    public void Lets_an_allowed_reference_pass(string project, string reference) => Assert.Empty(Forbidden(Project(project, reference)));

    static SourceFile Project(string path, string reference) =>
        new(path, $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>""");

    static IEnumerable<string> Forbidden(SourceFile project) =>
        from reference in XDocument.Parse(project.Text).Descendants("ProjectReference")
        let target = TargetOf(project.Path, (string)reference.Attribute("Include")!)
        where !May(project.Path, target)
        select $"{project.Path} must not refer to {target}";

    static string TargetOf(string project, string reference) => Path.GetRelativePath(
        SourceTree.Root,
        Path.GetFullPath(Path.Combine(SourceTree.Root, Path.GetDirectoryName(project)!, reference.Replace('\\', '/')))).Replace('\\', '/');

    static bool May(string project, string target) => (Kind(project), Kind(target)) switch
    {
        ("outside", _) => true,
        (_, "web" or "outside") => false,
        ("web", _) => true,
        ("module", "platform" or "abstractions" or "ui" or "contracts") => true,
        ("contracts", "abstractions") => true,
        ("platform", "abstractions" or "ui") => true,
        ("theme", "platform" or "abstractions" or "ui") => true,
        ("ui", "abstractions") => true,
        _ => false,
    };

    static string Kind(string project) => project switch
    {
        _ when !project.StartsWith("src/", StringComparison.Ordinal) => "outside",
        _ when project.StartsWith("src/TcCrm.Web/", StringComparison.Ordinal) => "web",
        _ when project.EndsWith(".Contracts.csproj", StringComparison.Ordinal) => "contracts",
        _ when project.StartsWith("src/Modules/", StringComparison.Ordinal) => "module",
        _ when project.StartsWith("src/Themes/", StringComparison.Ordinal) => "theme",
        _ when project.EndsWith("/TcCrm.Ui.csproj", StringComparison.Ordinal) => "ui",
        _ when project.EndsWith("/TcCrm.Abstractions.csproj", StringComparison.Ordinal) => "abstractions",
        _ => "platform",
    };
}
