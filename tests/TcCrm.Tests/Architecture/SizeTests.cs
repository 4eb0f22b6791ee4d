using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TcCrm.Tests.Architecture;

/// <summary>Files, methods and constructors stay small enough to be read in one go. A first line <c>// size: reason</c> excuses a file.</summary>
public sealed class SizeTests
{
    const int FileLines = 300, MethodLines = 60, ConstructorParameters = 6;

    [Fact]
    public void Every_file_method_and_constructor_is_small() => Violations.AssertNone(Sources().SelectMany(TooBig));

    [Fact]
    public void Sees_what_is_too_big()
    {
        var lines = string.Concat(Enumerable.Repeat("        N();\n", MethodLines));
        var method = $"class Big\n{{\n    void N()\n    {{\n{lines}    }}\n}}\n";

        Assert.Single(TooBig(new("Long.cs", new string('\n', FileLines + 1))));
        Assert.Single(TooBig(new("Method.cs", method)));
        Assert.Single(TooBig(new("Constructor.cs", "class Big { Big(int a, int b, int c, int d, int e, int f, int g) { } }")));
        Assert.Single(TooBig(new("Primary.cs", "class Big(int a, int b, int c, int d, int e, int f, int g);")));
        Assert.Single(TooBig(new("Page.cshtml", new string('\n', FileLines + 1))));
    }

    [Fact]
    public void Excuses_data_and_reasons()
    {
        Assert.Empty(TooBig(new("Table.cs", "// size: one table of the law, kept in one place\n" + new string('\n', FileLines + 1))));
        Assert.Single(TooBig(new("Table.cs", "// size:\n" + new string('\n', FileLines + 1))));
        Assert.Empty(TooBig(new("Row.cs", "record Row(int A, int B, int C, int D, int E, int F, int G);")));
    }

    static IEnumerable<SourceFile> Sources() =>
        SourceTree.Under("src/", ".cs", ".cshtml").Concat(SourceTree.Under("tests/", ".cs")).Concat(SourceTree.Under("bench/", ".cs"));

    static IEnumerable<string> TooBig(SourceFile file)
    {
        var text = file.Text;
        if (text.StartsWith("// size: ", StringComparison.Ordinal))
            yield break;
        var lines = text.Count(c => c == '\n');
        if (lines > FileLines)
            yield return $"{file.Path} has {lines} lines, more than {FileLines}";
        if (!file.Path.EndsWith(".cs", StringComparison.Ordinal))
            yield break;

        foreach (var node in CSharpSyntaxTree.ParseText(text, path: file.Path).GetRoot().DescendantNodes())
        {
            if (node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax && LinesOf(node) > MethodLines)
                yield return $"{SourceCode.Place(node)} has {LinesOf(node)} lines, more than {MethodLines}";
            if (ParametersOf(node) is { Count: > ConstructorParameters } parameters)
                yield return $"{SourceCode.Place(node)} takes {parameters.Count} parameters, more than {ConstructorParameters}";
        }
    }

    // A record is a row of data: its parameters are fields, not what it depends on.
    static SeparatedSyntaxList<ParameterSyntax>? ParametersOf(SyntaxNode node) => node switch
    {
        ConstructorDeclarationSyntax constructor => constructor.ParameterList.Parameters,
        ClassDeclarationSyntax { ParameterList: { } list } => list.Parameters,
        StructDeclarationSyntax { ParameterList: { } list } => list.Parameters,
        _ => null,
    };

    static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
