using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TcCrm.Tests.Architecture;

/// <summary>Folders are nouns of the domain and types say what they are: no drawers where everything ends up.</summary>
public sealed class NamesTests
{
    static readonly string[] Drawers = ["Services", "Models", "ViewModels", "Helpers", "Utils", "Managers", "Common", "Misc"];
    static readonly string[] EmptySuffixes = ["Manager", "Helper", "Helpers", "Util", "Utils", "Processor", "Impl", "Base"];
    // Two names that somebody else has given: our own public one, and the suffix by which Razor finds its elements.
    static readonly string[] Given = ["StartupBase", "TagHelper"];

    [Fact]
    public void No_folder_is_a_drawer() => Violations.AssertNone(Sources().Select(DrawerOf).OfType<string>().Distinct());

    [Fact]
    public void No_type_has_an_empty_suffix() =>
        Violations.AssertNone(Sources().Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(EmptyNames));

    [Fact]
    public void Sees_drawers_and_empty_suffixes()
    {
        Assert.NotNull(DrawerOf(new("src/Modules/TcCrm.Customers/Services/CustomerImport.cs")));
        Assert.Null(DrawerOf(new("src/Modules/TcCrm.Service/Tickets/Ticket.cs")));
        Assert.Equal(3, EmptyNames(new("a.cs", "class CustomerManager { enum ThingBase { } } interface ITextHelper; class Database;")).Count());
        Assert.Empty(EmptyNames(new("a.cs", "public abstract class StartupBase; class Base;")));
    }

    static IEnumerable<SourceFile> Sources() =>
        SourceTree.Under("src/", ".cs", ".cshtml").Concat(SourceTree.Under("tests/", ".cs")).Concat(SourceTree.Under("bench/", ".cs"));

    static string? DrawerOf(SourceFile file) =>
        file.Path.Split('/')[..^1].Any(folder => Drawers.Contains(folder, StringComparer.OrdinalIgnoreCase)) ? Path.GetDirectoryName(file.Path) : null;

    static IEnumerable<string> EmptyNames(SourceFile file) =>
        from type in CSharpSyntaxTree.ParseText(file.Text, path: file.Path).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.ValueText
        where !Given.Any(name.EndsWith) && EmptySuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal) && name != suffix)
        select $"{SourceCode.Place(type)} {name}";
}
