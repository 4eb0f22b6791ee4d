using TcCrm.Platform.Files;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>The uploaded files of the current tenant's imports.</summary>
public sealed class ImportFiles(TenantContext tenant, TenantFiles files) : Uploads(tenant, files, "imports")
{
    /// <exception cref="BusinessRuleException">The file is gone, or is no table.</exception>
    public TabularFile Open(Guid import, ImportPlan plan) =>
        Find(import) is { } path ? TabularFile.Open(path, plan.FileOptions) : throw new BusinessRuleException("The uploaded file has been removed. Upload it again.");
}
