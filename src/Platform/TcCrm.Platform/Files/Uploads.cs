using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Files;

/// <summary>What people of the current tenant have uploaded for one purpose, each file by the id of what it belongs to, until it is done with or too old.</summary>
public abstract class Uploads(TenantContext tenant, TenantFiles files, string folder)
{
    public async Task SaveAsync(Guid id, Stream content, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(id))!);
        await using var file = File.Create(PathOf(id));
        await content.CopyToAsync(file, cancel);
    }

    public void Remove(Guid id) => File.Delete(PathOf(id));

    /// <summary>Takes away what was uploaded before that moment, and says how many.</summary>
    public int RemoveOlderThan(DateTime moment)
    {
        var all = new DirectoryInfo(files.Locate(tenant.Snapshot.Tenant, folder));
        if (!all.Exists) return 0;
        var old = all.EnumerateFiles().Where(f => f.LastWriteTimeUtc < moment).ToList();
        old.ForEach(f => f.Delete());
        return old.Count;
    }

    /// <summary>Null when it is no longer kept.</summary>
    protected string? Find(Guid id) => File.Exists(PathOf(id)) ? PathOf(id) : null;

    string PathOf(Guid id) => files.Locate(tenant.Snapshot.Tenant, $"{folder}/{id:N}");
}
