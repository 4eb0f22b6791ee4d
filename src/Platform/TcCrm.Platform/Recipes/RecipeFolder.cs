using Microsoft.Extensions.FileProviders;

namespace TcCrm.Platform.Recipes;

/// <summary>Files beside a recipe. No path leaves the folder, neither by its text nor through a link.</summary>
static class RecipeFolder
{
    const int LargestFile = 256 << 20;

    /// <summary>Null when there is no such file in the folder.</summary>
    public static byte[]? Read(IFileProvider files, string path)
    {
        if (Find(files, path) is not { } file) return null;
        using var stream = file.CreateReadStream();
        var bytes = new byte[file.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Null when there is no such file in the folder.</summary>
    public static RecipeFile? Open(IFileProvider files, string path) => Find(files, path) switch
    {
        { PhysicalPath: { } physical } => RecipeFile.Open(path, physical, files),
        { } => RecipeFile.Read(path, Read(files, path)!, files),
        null => null,
    };

    static IFileInfo? Find(IFileProvider files, string path) =>
        StaysInside(path) && files.GetFileInfo(path) is { Exists: true, IsDirectory: false, Length: <= LargestFile } file && !IsReachedThroughLink(file.PhysicalPath, path) ? file : null;

    static bool StaysInside(string path) =>
        path.Length > 0 && !path.Contains('\\') && !path.Contains(':') && !path.StartsWith('/') && !path.Split('/').Contains("..");

    static bool IsReachedThroughLink(string? physical, string path)
    {
        for (var part = physical; part is not null && path.Length > 0; part = Path.GetDirectoryName(part), path = Path.GetDirectoryName(path) ?? "")
            if (new FileInfo(part).LinkTarget is not null) return true;
        return false;
    }
}
