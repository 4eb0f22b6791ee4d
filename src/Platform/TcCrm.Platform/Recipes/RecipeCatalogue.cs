using System.Reflection;
using Microsoft.Extensions.FileProviders;

namespace TcCrm.Platform.Recipes;

/// <summary>Recipes that come with the product: <c>recipes/</c> beside the application, then <c>Recipes/</c> embedded in modules. The first of a name counts.</summary>
public sealed class RecipeCatalogue(string folder, IEnumerable<Assembly> modules)
{
    public const string Ending = ".recipe.json";

    readonly Lazy<IReadOnlyList<Source>> _sources = new(() => [.. InFolder(folder), .. modules.SelectMany(Embedded)]);

    /// <summary>Read anew at each call, since a run replaces the expressions in what it reads.</summary>
    public IReadOnlyList<RecipeFile> All => [.. _sources.Value.Select(s => s.Read()).DistinctBy(f => f.Header.Name, StringComparer.OrdinalIgnoreCase)];

    public RecipeFile? Find(string name) => _sources.Value.Select(s => s.Read()).FirstOrDefault(f => f.Header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>By name, else the file of that name beside another recipe.</summary>
    public RecipeFile? Find(string name, IFileProvider beside) =>
        Find(name) ?? RecipeFolder.Open(beside, name + Ending);

    /// <summary>By name or by path of a file on disk.</summary>
    public RecipeFile? FindOrOpen(string nameOrPath)
    {
        if (nameOrPath.Length == 0) return null;
        if (Find(nameOrPath) is { } known) return known;
        var path = Path.GetFullPath(nameOrPath);
        return File.Exists(path) ? new Source(Path.GetFileName(path), new PhysicalFileProvider(Path.GetDirectoryName(path)!)).Read() : null;
    }

    static IEnumerable<Source> InFolder(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var files = new PhysicalFileProvider(Path.GetFullPath(folder));
        return Directory.EnumerateFiles(folder, "*" + Ending).Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(name => new Source(name!, files));
    }

    static IEnumerable<Source> Embedded(Assembly module)
    {
        var prefix = module.GetName().Name + ".Recipes.";
        var files = new EmbeddedFileProvider(module, prefix.TrimEnd('.'));
        return module.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(Ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(n => new Source(n[prefix.Length..], files));
    }

    sealed record Source(string Name, IFileProvider Files)
    {
        public RecipeFile Read() => RecipeFolder.Open(Files, Name) ?? RecipeFile.Read(Name, [], Files);
    }
}
