using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Files;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Drafts;

/// <summary>The files of recipes that somebody has brought into the current tenant. A recipe may hold people and hashes of passwords: it goes once it has run, or after a day.</summary>
public sealed class RecipeFiles(TenantContext tenant, TenantFiles files)
{
    const string Folder = "recipes";

    public async Task SaveAsync(Guid draft, Stream content, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(draft))!);
        await using var file = File.Create(PathOf(draft));
        await content.CopyToAsync(file, cancel);
    }

    /// <summary>Null when the file is no longer kept. It has no folder of its own: what it names beside it is not there.</summary>
    public RecipeFile? Open(Guid draft, string source) =>
        File.Exists(PathOf(draft)) ? RecipeFile.Open(source, PathOf(draft), new NullFileProvider()) : null;

    public void Remove(Guid draft) => File.Delete(PathOf(draft));

    /// <summary>Takes away what was brought before that moment.</summary>
    public int RemoveOlderThan(DateTime moment)
    {
        var folder = new DirectoryInfo(files.Locate(tenant.Snapshot.Tenant, Folder));
        if (!folder.Exists) return 0;
        var old = folder.EnumerateFiles().Where(f => f.LastWriteTimeUtc < moment).ToList();
        old.ForEach(f => f.Delete());
        return old.Count;
    }

    string PathOf(Guid draft) => files.Locate(tenant.Snapshot.Tenant, $"{Folder}/{draft:N}");
}
