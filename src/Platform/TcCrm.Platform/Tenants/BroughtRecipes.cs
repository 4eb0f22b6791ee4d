using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace TcCrm.Platform.Tenants;

/// <summary>Recipes that somebody brings to a set-up, each in a folder of its own: until the company is there, a day at most. One may hold people and hashes of passwords.</summary>
public sealed class BroughtRecipes(IOptions<TcCrmOptions> options, TimeProvider time)
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    string Folder => Path.Combine(Path.GetFullPath(options.Value.DataPath), "brought");

    /// <returns>By which it is found again; it cannot be guessed.</returns>
    public async Task<string> SaveAsync(string fileName, Stream content, CancellationToken cancel)
    {
        RemoveOld();
        var key = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var folder = Directory.CreateDirectory(Path.Combine(Folder, key));
        await using var file = File.Create(Path.Combine(folder.FullName, SafeName(fileName)));
        await content.CopyToAsync(file, cancel);
        return key;
    }

    /// <summary>Null when it is not kept, or no longer.</summary>
    public string? PathOf(string? key) =>
        key is { Length: 32 } && key.All(char.IsAsciiHexDigitLower) && new DirectoryInfo(Path.Combine(Folder, key)) is { Exists: true } folder ? folder.EnumerateFiles().FirstOrDefault()?.FullName : null;

    /// <summary>Takes it away; a recipe that lies elsewhere stays.</summary>
    public void Forget(string path)
    {
        if (Path.GetDirectoryName(path) is { } folder && Path.GetDirectoryName(folder) == Folder && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    void RemoveOld()
    {
        var before = time.GetUtcNow().UtcDateTime - Kept;
        foreach (var old in new DirectoryInfo(Folder) is { Exists: true } all ? all.GetDirectories().Where(d => d.CreationTimeUtc < before) : []) old.Delete(recursive: true);
    }

    static string SafeName(string fileName)
    {
        var name = string.Concat(Path.GetFileName(fileName).TakeLast(100).Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')).TrimStart('.');
        return name.Length > 0 ? name : "recipe.json";
    }
}
