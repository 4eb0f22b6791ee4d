using TcCrm.Platform.Files;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>The uploaded files of the current tenant's imports.</summary>
public sealed class ImportFiles(TenantContext tenant, TenantFiles files)
{
    public async Task SaveAsync(Guid import, Stream content, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(import))!);
        await using var file = File.Create(PathOf(import));
        await content.CopyToAsync(file, cancel);
    }

    /// <exception cref="BusinessRuleException">The file is gone, or is no table.</exception>
    public TabularFile Open(Guid import, ImportPlan plan) =>
        File.Exists(PathOf(import)) ? TabularFile.Open(PathOf(import), plan.FileOptions) : throw new BusinessRuleException("The uploaded file has been removed. Upload it again.");

    public void Remove(Guid import) => File.Delete(PathOf(import));

    /// <summary>Takes away files that were uploaded before that moment.</summary>
    public void RemoveOlderThan(DateTime moment)
    {
        var folder = new DirectoryInfo(files.Locate(tenant.Snapshot.Tenant, "imports"));
        if (!folder.Exists) return;
        foreach (var file in folder.EnumerateFiles().Where(f => f.LastWriteTimeUtc < moment)) file.Delete();
    }

    string PathOf(Guid import) => files.Locate(tenant.Snapshot.Tenant, $"imports/{import:N}");
}
