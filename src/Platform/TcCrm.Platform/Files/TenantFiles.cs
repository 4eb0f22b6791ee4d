using Microsoft.Extensions.Options;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Files;

/// <summary>The files of a tenant, beside its database. Paths are relative, with '/'.</summary>
public sealed class TenantFiles(IOptions<TcCrmOptions> options)
{
    static readonly char[] Forbidden = [.. Path.GetInvalidFileNameChars().Concat(['\\', ':', '*', '?', '"', '<', '>', '|']).Distinct()];

    public static bool IsValidPath(string path) =>
        path.Length is > 0 and <= 400 && path.Split('/').All(part => part.Length is > 0 and <= 200 && part.Trim('.', ' ').Length > 0 && part.IndexOfAny(Forbidden) < 0);

    /// <summary>Full path on this machine.</summary>
    /// <exception cref="ArgumentException">The path is not one that stays inside.</exception>
    public string Locate(Tenant tenant, string path) =>
        IsValidPath(path) ? Path.Combine(FolderOf(tenant), path) : throw new ArgumentException($"'{path}' is not a path of a tenant's file.", nameof(path));

    /// <summary>Writes beside the target under another name; <see cref="StagedFile.Publish"/> puts it in its place in one step.</summary>
    public async Task<StagedFile> StageAsync(Tenant tenant, string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var target = Locate(tenant, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var draft = $"{target}.{Guid.CreateVersion7():N}.new";
        await File.WriteAllBytesAsync(draft, content, cancel);
        return new(draft, target);
    }

    string FolderOf(Tenant tenant) => Path.Combine(Path.GetFullPath(options.Value.DataPath), "tenants", tenant.Store, "files");
}

public sealed record StagedFile(string Draft, string Target)
{
    public void Publish() => File.Move(Draft, Target, overwrite: true);
    public void Discard() => File.Delete(Draft);
}
