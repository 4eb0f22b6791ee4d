using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Tenants.Backups;

/// <summary>Makes a tenant from a backup, under its own name or another, on this host or another. It is built aside, like a set-up.</summary>
public sealed class RestoreTenant(TenantRegistry registry, TenantReplacement replacement, TenantSetup setup, TenantDatabases databases, ModuleMigrations migrations, IServiceProvider services)
{
    const int SmallestZip = 22;
    static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);

    /// <param name="archive">A seekable stream.</param>
    /// <param name="name">Null takes the name that the backup was made under.</param>
    /// <param name="replace">The tenant of that name, if there is one, gives way, and comes back if the restore fails.</param>
    /// <returns>The name.</returns>
    /// <exception cref="BusinessRuleException">The archive cannot be restored here, or the name is taken.</exception>
    public async Task<string> ExecuteAsync(Stream archive, string? name, bool replace, CancellationToken cancel)
    {
        await using var zip = Open(archive);
        var manifest = await BackupManifest.ReadAsync(zip, cancel);
        name ??= manifest.Tenant;
        var since = services.GetRequiredService<HostAudit>().Now - ClocksDiffer;
        var wish = new NewTenant(name, manifest.Title, manifest.Recipe, [], (_, _) => Task.CompletedTask)
        {
            Engine = manifest.Engine,
            Content = (tenant, token) => ReadAsync(tenant, zip, manifest, token),
            Last = (standing, aside, token) => services.GetRequiredService<Privacy.Erasing.ReplayErasures>().FinishAsync(standing, aside, since, token),
        };
        if (replace && registry.Find(name) is { State: not TenantState.Initializing }) await replacement.ExecuteAsync(wish, cancel);
        else await setup.CreateAsync(wish, cancel);
        await services.GetRequiredService<HostAudit>().WriteAsync("RestoredTenant", name, cancel);
        return name;
    }

    async Task ReadAsync(Tenant tenant, ZipArchive zip, BackupManifest manifest, CancellationToken cancel)
    {
        try
        {
            await DatabaseDump.For(databases.EngineOf(tenant), migrations).ReadAsync(tenant.Store, zip, manifest, cancel);
            await ReadFilesAsync(zip, services.GetRequiredService<TenantFolders>().PathOf(tenant.Store), cancel);
            await services.GetRequiredService<Privacy.Erasing.ReplayErasures>().ExecuteAsync(tenant, [manifest.Tenant, tenant.Name], cancel);
        }
        catch (InvalidDataException)
        {
            throw new BusinessRuleException("This file is not a backup of a tenant.");
        }
    }

    static ZipArchive Open(Stream archive)
    {
        if (archive.Length < SmallestZip) throw new BusinessRuleException("This file is not a backup of a tenant."); // the reader seeks before the beginning of what is shorter
        try
        {
            return new(archive, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException)
        {
            throw new BusinessRuleException("This file is not a backup of a tenant.");
        }
    }

    /// <summary>No name in an archive leads out of the folder, nor onto the database.</summary>
    static async Task ReadFilesAsync(ZipArchive zip, string folder, CancellationToken cancel)
    {
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith(BackUpTenant.FilesFolder, StringComparison.Ordinal) && e.Name.Length > 0))
        {
            var path = entry.FullName[BackUpTenant.FilesFolder.Length..];
            var target = Path.GetFullPath(Path.Combine(folder, path));
            if (!target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || path.StartsWith("crm.db", StringComparison.Ordinal)) throw new BusinessRuleException("This file is not a backup of a tenant.");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await entry.ExtractToFileAsync(target, overwrite: false, cancel);
        }
    }
}
