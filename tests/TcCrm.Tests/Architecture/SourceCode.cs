using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TcCrm.Tests.Architecture;

/// <summary>C# source as the compiler understands it: all of <c>src</c> at once, or the fixture of a test.</summary>
public static class SourceCode
{
    const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Net.Http.Json; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    static readonly Lazy<CSharpCompilation> OnDisk = new(() => Compile(SourceTree.Under("src/", ".cs"), inProduct: true));

    public static CSharpCompilation Product => OnDisk.Value;

    public static CSharpCompilation Fixture(string source, [CallerFilePath] string path = "") =>
        Compile([new SourceFile(Path.GetFileName(path), "using TcCrm;\n" + source)], inProduct: false);

    public static IEnumerable<(SyntaxNode Root, SemanticModel Model)> Parts(this CSharpCompilation code) =>
        code.SyntaxTrees.Select(tree => (tree.GetRoot(), code.GetSemanticModel(tree)));

    public static string Place(SyntaxNode node) =>
        $"{node.SyntaxTree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    static CSharpCompilation Compile(IEnumerable<SourceFile> files, bool inProduct) => CSharpCompilation.Create(
        "Source",
        [.. files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path)), CSharpSyntaxTree.ParseText(GlobalUsings)],
        References(withProduct: !inProduct),
        new CSharpCompilationOptions(OutputKind.ConsoleApplication));

    static IEnumerable<MetadataReference> References(bool withProduct) =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where withProduct || !Path.GetFileName(path).StartsWith("TcCrm.", StringComparison.Ordinal)
        select MetadataReference.CreateFromFile(path);
}
