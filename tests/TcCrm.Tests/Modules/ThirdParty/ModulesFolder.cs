using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Configuration;
using TcCrm.Platform.Modules;

namespace TcCrm.Tests.Modules.ThirdParty;

/// <summary>A modules folder with modules that are compiled on the spot.</summary>
sealed class ModulesFolder(string? path = null) : IDisposable
{
    static readonly MetadataReference[] Host = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(System.IO.Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))];

    public string Path { get; } = path ?? Directory.CreateTempSubdirectory("tccrm-").FullName;

    public string Add(string name, string source, params MetadataReference[] references)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
        var file = System.IO.Path.Combine(folder, name + ".dll");
        var made = Compile(name, source, references.Length > 0 ? references : Host).Emit(file);
        Assert.True(made.Success, string.Join('\n', made.Diagnostics));
        return folder;
    }

    /// <summary>The platform's contracts as another version of it would have them.</summary>
    public static MetadataReference Abstractions(string version) => Compile(
        "TcCrm.Abstractions",
        $$"""
        [assembly: System.Reflection.AssemblyVersion("{{version}}")]
        namespace TcCrm { public class ModuleAttribute : System.Attribute { public string Name { get; set; } public string Author { get; set; } } }
        """,
        Host).ToMetadataReference();

    public static MetadataReference[] WithoutPlatform => [.. Host.Where(r => r.Display?.Contains("TcCrm.", StringComparison.Ordinal) == false)];

    public ModuleCatalog Read() => ModuleCatalog.Installed(new ConfigurationBuilder().AddInMemoryCollection([new("TcCrm:ModulesPath", Path)]).Build(), "TcCrm.Customers");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    static CSharpCompilation Compile(string name, string source, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], references, new(OutputKind.DynamicallyLinkedLibrary));
}
