using System.Text.Json;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Audit;

/// <summary>The last block that was sealed, noted beside the key: without it nobody would miss the end of the log. Behind the database after a crash, never ahead of it.</summary>
public sealed class AuditHead(TenantContext tenant, TenantFolders folders)
{
    public sealed record Mark(long Number, byte[] Seal);

    public Mark? Read() => File.Exists(PathOfHead) ? JsonSerializer.Deserialize<Mark>(File.ReadAllBytes(PathOfHead)) : null;

    internal void Write(AuditBlock block) => TenantKeyFiles.Write(PathOfHead, JsonSerializer.SerializeToUtf8Bytes(new Mark(block.Number, block.Seal)));

    string PathOfHead => Path.Combine(folders.PathOf(tenant.Snapshot.Tenant.Store), "keys", "audit.head");
}
