using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>The keys with which a tenant signs its tokens and seals its codes; the newest comes first and is the one in use.</summary>
public sealed class OpenIdKeySet(DateTime written, IReadOnlyList<(RsaSecurityKey Signing, SymmetricSecurityKey Sealing)> keys)
{
    public DateTime Written => written;
    public IReadOnlyList<(RsaSecurityKey Signing, SymmetricSecurityKey Sealing)> Keys => keys;
}

/// <summary>
/// Keeps them in the tenant's key folder, protected with its key ring. A tenant that never issues a token has none: the first one is made when
/// it is first asked for.
/// </summary>
public sealed class OpenIdKeys(IDataProtectionProvider protection, TenantRegistry registry, TenantFolders folders, TimeProvider time)
{
    /// <summary>A retired key is kept as long as anything that it has signed may be shown.</summary>
    static readonly TimeSpan InUse = TimeSpan.FromDays(90);
    static readonly TimeSpan Kept = InUse + TimeSpan.FromDays(30);
    readonly IDataProtector _protector = protection.CreateProtector("TcCrm.OpenId.Keys");
    readonly ConcurrentDictionary<string, OpenIdKeySet> _read = new();
    readonly Lock _making = new();

    /// <summary>Of the tenant of this request or job.</summary>
    public OpenIdKeySet Current()
    {
        var file = FileOf(AmbientTenant.Name ?? throw new InvalidOperationException("Keys belong to a tenant."));
        if (!File.Exists(file)) WriteIfMissing(file);
        var written = File.GetLastWriteTimeUtc(file);
        if (_read.TryGetValue(file, out var known) && known.Written == written) return known;
        return _read[file] = new(written, [.. Read(file).OrderByDescending(k => k.CreatedAt).Select(Open)]);
    }

    /// <summary>Makes a new key when the one in use is old enough, and drops what nothing refers to any more. True when it did.</summary>
    public bool Rotate()
    {
        var file = FileOf(AmbientTenant.Name!);
        if (!File.Exists(file)) return false;
        var (keys, now) = (Read(file), time.GetUtcNow());
        if (keys.Max(k => k.CreatedAt) > now - InUse) return false;
        Write(file, [.. keys.Where(k => k.CreatedAt > now - Kept), NewKey()], overwrite: true);
        return true;
    }

    string FileOf(string tenant) => Path.Combine(folders.PathOf(registry.Find(tenant)?.Store ?? tenant), "keys", "openid.protected");

    void WriteIfMissing(string file)
    {
        lock (_making)
        {
            if (!File.Exists(file)) Write(file, [NewKey()], overwrite: false);
        }
    }

    KeptKey NewKey()
    {
        using var rsa = RSA.Create(2048);
        return new(Guid.CreateVersion7().ToString("N"), time.GetUtcNow(), rsa.ExportPkcs8PrivateKey(), RandomNumberGenerator.GetBytes(32));
    }

    List<KeptKey> Read(string file) => JsonSerializer.Deserialize<List<KeptKey>>(_protector.Unprotect(File.ReadAllBytes(file)))!;

    /// <summary>Another node may be as fast: what is there first stays.</summary>
    void Write(string file, IReadOnlyList<KeptKey> keys, bool overwrite)
    {
        var draft = file + Guid.CreateVersion7().ToString("N");
        File.WriteAllBytes(draft, _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(keys)));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            File.Move(draft, file, overwrite);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }

    static (RsaSecurityKey, SymmetricSecurityKey) Open(KeptKey key)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Rsa, out _);
        return (new(rsa) { KeyId = key.Id }, new(key.Seal) { KeyId = "s" + key.Id });
    }

    sealed record KeptKey(string Id, DateTimeOffset CreatedAt, byte[] Rsa, byte[] Seal);
}
