using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TcCrm.Tests.Architecture;

/// <summary>What features contribute is read through the tenant's catalogue. Injected as a list it would ignore which features the tenant has on.</summary>
public sealed partial class ContributionsTests
{
    [Fact]
    public void Nothing_takes_contributions_past_the_catalogue() =>
        Violations.AssertNone(PastTheCatalogue(SourceCode.Product).Concat(SourceTree.Under("src/", ".cshtml").SelectMany(PastTheCatalogue)));

    [Theory]
    [InlineData("class Menu(IEnumerable<MenuItem> items);")]
    [InlineData("class Menu { public Menu(IEnumerable<MenuItem> items) { } }")]
    [InlineData("class Own : IContribution; class Menu(IReadOnlyList<Own> items);")]
    [InlineData("class Menu { void Show(IServiceProvider services) => services.GetServices<Slot>(); }")]
    public void Sees_a_list_of_contributions(string source) => Assert.NotEmpty(PastTheCatalogue(SourceCode.Fixture(source)));

    [Fact]
    public void Sees_a_list_of_contributions_in_a_page() =>
        Assert.Single(PastTheCatalogue(new SourceFile("Page.cshtml", "@inject IEnumerable<MenuItem> Items")));

    [Theory]
    [InlineData("class Menu(ITenantCatalogue catalogue) { object All => catalogue.Of<MenuItem>(); }")]
    [InlineData("class Menu(IEnumerable<string> words);")]
    [InlineData("record Snapshot(IReadOnlyList<MenuItem> Menu);")]
    public void Lets_the_catalogue_pass(string source) => Assert.Empty(PastTheCatalogue(SourceCode.Fixture(source)));

    static IEnumerable<string> PastTheCatalogue(CSharpCompilation code)
    {
        foreach (var (root, model) in code.Parts())
            foreach (var node in root.DescendantNodes())
                if (TakenBy(node, model).Any(type => IsListOfContributions(type)))
                    yield return SourceCode.Place(node);
    }

    static IEnumerable<string> PastTheCatalogue(SourceFile page) =>
        ListInjection().Matches(page.Text).Select(match => $"{page.Path} {match.Value}");

    static IEnumerable<ITypeSymbol?> TakenBy(SyntaxNode node, SemanticModel model) => node switch
    {
        ParameterSyntax { Type: { } type, Parent.Parent: ConstructorDeclarationSyntax or ClassDeclarationSyntax } => [model.GetTypeInfo(type).Type],
        InvocationExpressionSyntax call when call.ToString().Contains("GetServices<", StringComparison.Ordinal) => [model.GetTypeInfo(call).Type],
        _ => [],
    };

    static bool IsListOfContributions(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => IsContribution(array.ElementType),
        INamedTypeSymbol { TypeArguments: [var element] } list => IsContribution(element)
            && (list.Name == "IEnumerable" || list.AllInterfaces.Any(face => face.Name == "IEnumerable")),
        _ => false,
    };

    static bool IsContribution(ITypeSymbol type) => type.Name == "IContribution" || type.AllInterfaces.Any(face => face.Name == "IContribution");

    [GeneratedRegex(@"@inject\s+(IEnumerable|IReadOnlyList|IReadOnlyCollection)<.*")]
    private static partial Regex ListInjection();
}
