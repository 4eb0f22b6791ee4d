namespace TcCrm.Tests;

/// <summary>The files of this repository as they are on disk, without what builds and tools leave behind.</summary>
public static class SourceTree
{
    static readonly HashSet<string> Left = new(StringComparer.Ordinal) { "bin", "obj", ".git", ".vs", ".idea", "App_Data", "TestResults", "node_modules", "artifacts" };

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files { get; } = [.. Read(new DirectoryInfo(Root)).OrderBy(f => f.Path, StringComparer.Ordinal)];

    /// <summary>Files below a folder with one of the endings, third-party files of the web root left out.</summary>
    public static IEnumerable<SourceFile> Under(string folder, params string[] endings) => Files.Where(file =>
        file.Path.StartsWith(folder, StringComparison.Ordinal)
        && !file.Path.Contains("/wwwroot/lib/", StringComparison.Ordinal)
        && endings.Any(ending => file.Path.EndsWith(ending, StringComparison.Ordinal)));

    static IEnumerable<SourceFile> Read(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().Where(file => file.LinkTarget is null))
            yield return new(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'));
        foreach (var inner in folder.EnumerateDirectories().Where(inner => !Left.Contains(inner.Name)))
            foreach (var file in Read(inner))
                yield return file;
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TcCrm.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository: no TcCrm.sln above " + AppContext.BaseDirectory);
    }
}

/// <summary>A file by its path from the root of the repository; a fixture carries its text along.</summary>
public sealed record SourceFile(string Path, string? Fixture = null)
{
    public string Text => Fixture ?? File.ReadAllText(System.IO.Path.Combine(SourceTree.Root, Path));
}
