using System.IO.Compression;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Tenants.Backups;

/// <summary>One archive with everything a tenant is: database, files, key ring. It is as secret as the tenant itself.</summary>
public sealed class BackUpTenant(AdministrationLocks locks, TenantRegistry registry, TenantDatabases databases, ModuleMigrations migrations, TenantFolders folders, HostAudit audit)
{
    internal const string FilesFolder = "folder/";

    /// <summary>The tenant goes on working meanwhile. The stream need not be seekable.</summary>
    /// <exception cref="BusinessRuleException">There is no such tenant, or it is being set up.</exception>
    public async Task ExecuteAsync(string name, Stream output, CancellationToken cancel)
    {
        await using var held = await locks.TakeAsync(name, "backup", cancel);
        var tenant = await registry.CurrentAsync(name, cancel);
        if (tenant.State is TenantState.Initializing or TenantState.Uninitialized) throw new BusinessRuleException("The tenant '{0}' is being set up.", null, name);
        var dump = DatabaseDump.For(databases.EngineOf(tenant), migrations);
        await using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            await BackupManifest.Of(tenant, await dump.MigrationsAsync(tenant.Store, cancel), audit.Now).WriteAsync(archive, cancel);
            await dump.WriteAsync(tenant.Store, archive, cancel);
            await AddFilesAsync(archive, folders.PathOf(tenant.Store), cancel);
        }
        await audit.WriteAsync("BackedUpTenant", name, cancel);
    }

    /// <summary>A file that is written or removed right now is left out rather than ending the backup.</summary>
    static async Task AddFilesAsync(ZipArchive archive, string folder, CancellationToken cancel)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.LinkTarget is null && !IsDatabase(folder, f)))
        {
            try
            {
                await archive.CreateEntryFromFileAsync(file.FullName, FilesFolder + Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), CompressionLevel.Fastest, cancel);
            }
            catch (FileNotFoundException)
            {
                // Removed since it was listed.
            }
        }
    }

    static bool IsDatabase(string folder, FileInfo file) => file.DirectoryName == folder && file.Name.StartsWith("crm.db", StringComparison.Ordinal);
}
