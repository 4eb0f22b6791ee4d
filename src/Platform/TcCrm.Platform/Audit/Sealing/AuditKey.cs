using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Audit;

/// <summary>The key of the tenant's seals: beside its key ring and wrapped by it, never in its database. A backup carries it along as it does the ring.</summary>
public sealed class AuditKey(IDataProtectionProvider protection, TenantContext tenant, TenantFolders folders)
{
    const int Length = 32;
    readonly IDataProtector _protector = protection.CreateProtector("TcCrm.AuditSeals");

    /// <summary>Null before the first block is sealed.</summary>
    /// <exception cref="BusinessRuleException">It is there but was wrapped by another ring.</exception>
    public byte[]? Find()
    {
        if (!File.Exists(PathOfKey)) return null;
        try
        {
            return _protector.Unprotect(File.ReadAllBytes(PathOfKey));
        }
        catch (CryptographicException)
        {
            throw new BusinessRuleException("The key of the audit log's seals cannot be read with the tenant's key ring.");
        }
    }

    internal byte[] Make()
    {
        var key = RandomNumberGenerator.GetBytes(Length);
        TenantKeyFiles.Write(PathOfKey, _protector.Protect(key));
        return key;
    }

    string PathOfKey => Path.Combine(folders.PathOf(tenant.Snapshot.Tenant.Store), "keys", "audit.key");
}

/// <summary>Files for the owner alone, there whole or not at all.</summary>
static class TenantKeyFiles
{
    public static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.CreateVersion7():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
