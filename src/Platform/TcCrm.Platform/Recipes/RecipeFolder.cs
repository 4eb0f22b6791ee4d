using Microsoft.Extensions.FileProviders;

namespace TcCrm.Platform.Recipes;

/// <summary>Files beside a recipe. No path leaves the folder, neither by its text nor through a link.</summary>
static class RecipeFolder
{
    const int LargestFile = 256 << 20;

    /// <summary>Null when there is no such file in the folder.</summary>
    public static byte[]? Read(IFileProvider files, string path)
    {
        if (!StaysInside(path)) return null;
        var file = files.GetFileInfo(path);
        if (!file.Exists || file.IsDirectory || file.Length > LargestFile || IsReachedThroughLink(file.PhysicalPath, path)) return null;
        using var stream = file.CreateReadStream();
        var bytes = new byte[file.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static bool StaysInside(string path) =>
        path.Length > 0 && !path.Contains('\\') && !path.Contains(':') && !path.StartsWith('/') && !path.Split('/').Contains("..");

    static bool IsReachedThroughLink(string? physical, string path)
    {
        for (var part = physical; part is not null && path.Length > 0; part = Path.GetDirectoryName(part), path = Path.GetDirectoryName(path) ?? "")
            if (new FileInfo(part).LinkTarget is not null) return true;
        return false;
    }
}
